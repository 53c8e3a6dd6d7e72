declare module 'virtual:model-files' {
  /** Of every model that comes with the page, its files in public/models. */
  const models: readonly {
    id: string
    /** `runs`: without it the model does not. */
    files: readonly { file: string; bytes: number; runs: boolean }[]
  }[]
  export default models
}
