/** Written when the page is built (scripts/about.mjs). */
declare module 'virtual:about' {
  const about: {
    version: string
    /** null: built from no checkout. */
    commit: string | null
    models: readonly {
      id: string
      architecture: string
      parameters: number
      /** Of its weights. */
      bytes: number
      card: Readonly<Record<'en' | 'ru', { data: string; terms: string }>>
    }[]
    libraries: readonly { name: string; version: string; licence?: string; home?: string }[]
  }
  export default about
}

declare module 'virtual:licences' {
  /** The texts of all licences of libraries. */
  const texts: string
  export default texts
}
