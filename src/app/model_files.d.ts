declare module 'virtual:model-files' {
  /** Of every model that comes with the page, its files in public/models. */
  const models: readonly {
    id: string
    /** Kept for use without a network from the first visit on. */
    atStart: boolean
    /** `runs`: without it the model does not. */
    files: readonly { file: string; bytes: number; runs: boolean }[]
  }[]
  export default models
}
