import { EmptyState } from '../shell/Loading.tsx'
import { t } from '../words/words.ts'

/** A bare encoder: a checkpoint that was saved without what answers. */
export function NoHeads() {
  return <EmptyState title={t('heads.none')}>{t('heads.none.hint')}</EmptyState>
}
