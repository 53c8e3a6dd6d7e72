/** What the picture half answers for its links. */

import { isPhotoAbsent, type PictureLink } from './state/link.ts'
import { t } from './words/words.ts'

export const picture = {
  remark(link: PictureLink): string | null {
    if (isPhotoAbsent(link)) return t('link.no.photo')
    return link.photo === undefined ? null : t('link.photo')
  },
  patched(link: Partial<PictureLink>, patch: object): object {
    // Another picture takes the place of the one that was there.
    const { sample: _, own: __, photo: ___, ...rest } = link
    return { ...('sample' in patch || 'photo' in patch ? rest : link), ...patch }
  },
  forModel: ({ sample, own, photo, quarters, rim }: PictureLink, model: string): PictureLink => ({
    lab: 'tasks',
    half: 'picture',
    model,
    sample,
    own,
    photo,
    quarters,
    rim,
  }),
}
