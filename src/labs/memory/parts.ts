import { fetchPart } from '../../core/fetch_part.ts'
import type { LabParts } from '../definition.ts'
import { EXAMPLES } from './examples.ts'
import { isPhotoAbsent } from './picture/state/link.ts'
import { t } from './picture/words/words.ts'
import { createMemoryLab, type MemoryLab } from './state/lab.ts'
import { MEMORY_FORMAT, type MemoryLink } from './state/link.ts'

const parts: LabParts<MemoryLink, MemoryLab> = {
  format: MEMORY_FORMAT,
  examples: EXAMPLES,
  create: createMemoryLab,
  measures: () => fetchPart(() => import('./lessons/measures.ts')),
  tools: async () => [
    {
      groups: (await fetchPart(() => import('./text/tools/index.ts'))).MEMORY_TOOLS,
      fits: (link) => link.shows === 'text',
    },
    {
      groups: (await fetchPart(() => import('./picture/tools/index.ts'))).PICTURE_TOOLS,
      fits: (link) => link.shows === 'picture',
    },
  ],
  remark(link) {
    if (link.shows !== 'picture') return null
    if (isPhotoAbsent(link)) return t('link.no.photo')
    return link.photo === undefined ? null : t('link.photo')
  },
  patched(link, patch) {
    // What belongs to one half means nothing to the other.
    if ('shows' in patch && patch.shows !== link.shows) return { lab: link.lab, ...patch }
    if (link.shows === 'picture') {
      // Another picture takes the place of the one that was there.
      const { sample: _, own: __, photo: ___, ...rest } = link
      return { ...('sample' in patch || 'photo' in patch ? rest : link), ...patch }
    }
    // What was done to the tokens of other texts is not meant for these.
    const { tokens: _, ...rest } = link as Partial<Extract<MemoryLink, { shows: 'text' }>>
    return { ...('texts' in patch ? rest : link), ...patch }
  },
  // The lab finds out by the model which half shows; what is not of that half is let go there.
  forModel(link, model) {
    if (link.shows === 'text') return { lab: 'memory', shows: 'text', model, texts: link.texts }
    const { sample, own, photo } = link
    return { lab: 'memory', shows: 'picture', model, sample, own, photo }
  },
}

export default parts
