import { Panel } from '../../../views/shell/Panel.tsx'
import { FilterGallery } from './patches/FilterGallery.tsx'
import { OnePatch } from './patches/OnePatch.tsx'
import { PatchArithmetic } from './patches/PatchArithmetic.tsx'
import type { VisionToolProps } from './props.ts'

/** How a picture becomes tokens: cut into patches, each turned into a vector by learned filters. */
export default function PatchTool(props: VisionToolProps) {
  return (
    <>
      <Panel
        title="One patch"
        lead="A patch is a token: its pixels, times learned filters, plus where it lies."
        testId="patch-tool"
      >
        <OnePatch {...props} />
      </Panel>
      <Panel title="The learned filters" testId="filters">
        <FilterGallery {...props} />
      </Panel>
      <Panel title="How many patches?" testId="patch-arithmetic">
        <PatchArithmetic {...props} />
      </Panel>
    </>
  )
}
