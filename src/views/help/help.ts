/** What stands behind the "?" of a panel. Formulas and sources are the same in every language; what is said lies in a room of words. */

export interface Source {
  /** Authors, year and section; or the class or function of a library. The same in every language. */
  text: string
  url: string
}

export interface HelpEntry {
  /** TeX: what the code computes. */
  tex: string
  sources: readonly [Source, ...Source[]]
  /** The key of a sentence: why what is shown is no cause, and what checks it. Wherever it could be read as "because". */
  caution?: string
}

/** The panels of one lab: fetched, with their words, by the first question. @typeParam Id what each panel is called there */
export interface HelpPart<Id extends string = string> {
  entries: Readonly<Record<Id, HelpEntry>>
  /** What is drawn, by the panel's id; what the letters of its formula are, by `id.symbols`; a caution by its key. */
  say: (key: string) => string
}

/** One panel's help, before it is fetched. */
export interface HelpRef {
  of: string
  /** The same promise each time, until it fails. */
  ask: () => Promise<HelpPart>
}
