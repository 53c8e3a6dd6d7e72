import { Panel } from '../../../views/shell/Panel.tsx'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import { FilterGallery } from './patches/FilterGallery.tsx'
import { OnePatch } from './patches/OnePatch.tsx'
import { PatchArithmetic } from './patches/PatchArithmetic.tsx'
import type { VisionToolProps } from './props.ts'

/** How a picture becomes tokens: cut into patches, each turned into a vector by learned filters. */
export default function PatchTool(props: VisionToolProps) {
  return (
    <>
      <Panel help={null} title={t('patch.title')} lead={t('patch.lead')} testId="patch-tool">
        <OnePatch {...props} />
      </Panel>
      <Panel help={help('filters')} title={t('patch.filters')} testId="filters">
        <FilterGallery {...props} />
      </Panel>
      <Panel help={help('patch-arithmetic')} title={t('patch.count')} testId="patch-arithmetic">
        <PatchArithmetic {...props} />
      </Panel>
    </>
  )
}
