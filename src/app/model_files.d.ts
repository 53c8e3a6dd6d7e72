declare module 'virtual:model-files' {
  /** Of every model that comes with the page, its files in public/models. */
  const models: readonly {
    id: string
    /** Kept for use without a network from the first visit on. */
    atStart: boolean
    files: readonly { file: string; bytes: number }[]
  }[]
  export default models
}
