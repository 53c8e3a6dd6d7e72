/** The state of the portfolio half: the prices, the document (day, tokens, shocks), the look, and the newest run. */

import { ClsroomError } from '../../../../core/errors.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import { expectOurFeatures } from '../../../../loaders/portfolio/features.ts'
import { firstDay, type Shock } from '../../../../loaders/portfolio/returns.ts'
import { shuffledRows } from '../../../../sequence/rows.ts'
import { decodeTokens } from '../../../../sequence/serialise.ts'
import type { Sequence } from '../../../../sequence/token.ts'
import { loadFor } from '../../../../state/capabilities.ts'
import type { Engine } from '../../../../state/engine.ts'
import { createLabStore, type LabState, NO_RUN } from '../../../../state/lab.ts'
import { newestOpening, type Step } from '../../../../state/opening.ts'
import { createListed } from '../../../shared/listed.ts'
import { mapLookWithin } from '../../../shared/look.ts'
import { newestReading } from '../../../shared/newest_reading.ts'
import { t } from '../words/words.ts'
import { encodePortfolio, isMarketAbsent, type PortfolioLink } from './link.ts'
import { LOOK, type PortfolioLook } from './look.ts'
import { loadSamples, type Market, readFile, readSample, readText, type Sample } from './market.ts'
import { type Leaves, type PortfolioDoc, type PortfolioRun, portfolioInfo, runPortfolio, unedited } from './run.ts'
import { withShock } from './shocks.ts'

export interface PortfolioLabState extends LabState<PortfolioDoc, PortfolioLook, PortfolioRun> {
  market: Market | null
  /** Prices are being fetched or read. */
  reading: boolean
}

export type PortfolioLab = ReturnType<typeof createPortfolioLab>

export const FIRST_SAMPLE = '2008-09-12'

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createPortfolioLab(engine: Engine, baseUrl: string) {
  const core = createLabStore<PortfolioRun, PortfolioLabState>({
    initial: { model: null, market: null, reading: false, doc: null, look: LOOK, ...NO_RUN },
    undoable: ({ doc, market }) => ({ doc, market }),
    input: ({ doc, market, model }) => doc && market && model && [doc, market],
    async run({ model, market, doc, look }) {
      if (!model || !doc || !market) throw new Error('a run was asked for before a model and prices were there')
      return runPortfolio(engine, { model, doc, market, layer: look.layer })
    },
  })
  const { store, fail } = core
  const { store: samples, list } = createListed(() => loadSamples(baseUrl))

  /** @param of edits of one name without a pause (a drag) are one step of undo */
  function setDoc(change: Partial<PortfolioDoc>, of = ''): void {
    const { doc } = store.getState()
    if (!doc) return
    core.begin(of)
    core.commit({ doc: { ...doc, ...change } })
  }

  const { read } = newestReading({ onReading: (reading) => store.setState({ reading }), fail })
  /** @returns why they are not shown; null where they are, or others were asked for */
  const show = (
    load: () => Promise<Market>,
    documentOf: (market: Market, model: LoadedModel) => PortfolioDoc,
    { opens = false } = {},
  ): Promise<unknown> =>
    read(load, async (market) => {
      const { model } = store.getState()
      if (!model) return
      const doc = documentOf(market, model)
      core.begin()
      core.commit({ market, doc, look: lookAt(store.getState().look, doc), problem: null })
      if (opens) core.forget()
      await core.idle()
    })

  /** Other prices: of the same assets what was done to the tokens stays, others start unedited. */
  function carried(market: Market, model: LoadedModel): PortfolioDoc {
    const { doc, market: shown } = store.getState()
    const day = dayOf(market, model)
    if (!doc || !shown || !sameAssets(shown, market)) return plainDocument(market, model, day)
    return { ...doc, model: model.id, day }
  }

  const lab = {
    store,
    ...core.actions,
    /** The days that come with the page; empty before the lab is opened. */
    samples,

    /** @throws ClsroomError when the model cannot be loaded, or reads other features */
    open: newestOpening(async (link: PortfolioLink, step: Step): Promise<void> => {
      const unlisted = await step(list())
      const model = await step(loadFor(engine, ['answers tasks'], link.model))
      expectOurFeatures(portfolioInfo(model.info))
      const { layers } = model.info
      const { query: _, ...look } = link.look ?? { layer: layers - 1, head: 'mean' as const }
      core.show(model, {
        look: {
          ...LOOK,
          ...look,
          ...mapLookWithin(look, model.info),
          horizon: Math.min(look.horizon ?? LOOK.horizon, portfolioInfo(model.info).horizons.length - 1),
        },
        problem: null,
      })
      const known = samples.getState().samples
      const sample =
        known.find(({ day }) => day === link.sample) ?? known.find(({ day }) => day === FIRST_SAMPLE) ?? known[0]
      const keeps = link.sample === undefined && store.getState().market
      let unfit: ClsroomError | null = null
      const documentOf = (market: Market) => {
        const { doc, problem } = documentIn(link, market, model)
        unfit = problem
        return doc
      }
      if (keeps) await step(show(async () => keeps, documentOf, { opens: true }))
      else if (sample) await step(show(() => readSample(baseUrl, sample), documentOf, { opens: true }))
      const place = link.look?.query ?? 0
      const key = store.getState().doc?.sequence.tokens[place]?.key
      if (key !== undefined) lab.look({ query: key })
      // Without the samples the lab is there all the same: for prices of one's own.
      if (unlisted) fail(unlisted)
      const missing = unfit ?? (isMarketAbsent(link) && store.getState().market?.source === 'sample' && notInLink())
      if (missing) fail(missing)
    }),

    changed(state: LabState, before: LabState): boolean {
      const [{ market }, { market: earlier }] = [state, before] as [PortfolioLabState, PortfolioLabState]
      const edited = state.doc !== before.doc || state.look !== before.look || market !== earlier
      return edited && market !== null && earlier !== null
    },

    /** @throws ClsroomError `unsupported` for a model of other features */
    prepare: async (model: LoadedModel): Promise<void> => expectOurFeatures(portfolioInfo(model.info)),

    /** Another model on the same prices; its tokens start unedited. @returns whether it is shown now */
    async setModel(id: string): Promise<boolean> {
      const { doc, look } = store.getState()
      if (!doc || id === doc.model) return doc !== null
      try {
        const { day, shocks } = doc
        await lab.open({
          lab: 'tasks',
          half: 'portfolio',
          model: id,
          day,
          shocks: [...shocks],
          look: { ...look, query: 0 },
        })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },

    link(): PortfolioLink | null {
      const { doc, look, market } = store.getState()
      return doc && encodePortfolio(doc, market, look)
    },

    /** Reads a table that a person brought; one that cannot be read leaves the lab as it was and says why. */
    async showFile(file: File): Promise<void> {
      await show(() => readFile(file), carried)
    },
    async showText(text: string): Promise<void> {
      await show(async () => readText(text, t('market.pasted')), carried)
    },
    async showSample(sample: Sample): Promise<void> {
      await show(() => readSample(baseUrl, sample), carried)
    },

    /** A sample's prices, for what runs over all of them. @throws ClsroomError `fetch` where they cannot be had */
    sampled: (sample: Sample): Promise<Market> => readSample(baseUrl, sample),

    /** Asks for the samples again where they could not be listed; the first is shown where there are no prices. */
    async listSamples(): Promise<void> {
      const unlisted = await list()
      if (unlisted) return fail(unlisted)
      lab.dismissProblem()
      const first = samples.getState().samples.find(({ day }) => day === FIRST_SAMPLE)
      if (first && !store.getState().market) await lab.showSample(first)
    },

    /** Applies a pure edit of `sequence/edit.ts`; what it throws is shown and changes nothing. */
    edit(change: (sequence: Sequence) => Sequence): void {
      const { doc } = store.getState()
      try {
        if (doc) setDoc({ sequence: change(doc.sequence) })
      } catch (thrown) {
        fail(thrown)
      }
    },
    /** Puts the assets in another order, by lot. */
    shuffle: (seed: number) => lab.edit((sequence) => shuffledRows(sequence, seed)),
    setDay: (day: number) => setDoc({ day }, 'day'),
    setLeaves: (leaves: Leaves) => setDoc({ leaves }),
    /** @param rows of the table; a drag of a slider is one step of undo */
    setShock(rows: readonly number[], change: Partial<Shock>): void {
      const { doc } = store.getState()
      if (doc) setDoc({ shocks: withShock(doc.shocks, rows, change) }, `shock ${rows.join()} ${Object.keys(change)}`)
    },
    clearShocks: () => setDoc({ shocks: [] }),
    setAblated: (ablated: PortfolioDoc['ablated']) => setDoc({ ablated }),

    /** Resolves once the newest edit is drawn. */
    settled: () => core.idle(),
  }
  return lab
}

function notInLink(): ClsroomError {
  return new ClsroomError('input', 'The prices of this link are not in it', {
    advice: 'Drop or paste the table again to see there what was done to the assets; it is shown on a sample',
  })
}

function sameAssets(a: Market, b: Market): boolean {
  return a.table.assets.join('\n') === b.table.assets.join('\n')
}

/** A sample's own day, or the newest of one's own table. @throws ClsroomError `input` for a table of too few days */
function dayOf({ source, table, name }: Market, { info }: LoadedModel): number {
  const first = firstDay(table, portfolioInfo(info).window)
  const own = source === 'sample' ? table.dates.indexOf(name) : table.dates.length - 1
  return Math.max(first, own)
}

function plainDocument(market: Market, model: LoadedModel, day: number): PortfolioDoc {
  const sequence = unedited(model, market)
  return { model: model.id, sequence, base: sequence, day, leaves: 'sequence', shocks: [], ablated: [] }
}

/** The look on another document: tokens that it lacks are not chosen. */
function lookAt(look: PortfolioLook, { sequence }: PortfolioDoc): PortfolioLook {
  const keys = new Set(sequence.tokens.map(({ key }) => key))
  return {
    ...look,
    selection: look.selection.filter((key) => keys.has(key)),
    query: keys.has(look.query) ? look.query : (sequence.tokens[0]?.key ?? 0),
  }
}

/** The document that a link holds, on these prices, and what of it could not be applied. */
function documentIn(link: PortfolioLink, market: Market, model: LoadedModel) {
  const { layers, heads } = model.info
  const first = firstDay(market.table, portfolioInfo(model.info).window)
  const last = market.table.dates.length - 1
  const plain = plainDocument(market, model, dayOf(market, model))
  const { sequence, problem } = decodeTokens(link.tokens ?? {}, plain.base)
  const doc: PortfolioDoc = {
    ...plain,
    sequence,
    day: Math.max(first, Math.min(last, link.day ?? plain.day)),
    leaves: link.leaves ?? 'sequence',
    shocks: (link.shocks ?? []).filter(({ row }) => row < market.table.assets.length),
    ablated: (link.ablated ?? []).filter(([layer, head]) => layer < layers && head < heads),
  }
  return { doc, problem }
}
