import { Panel } from '../../../views/shell/Panel.tsx'
import { Agreement } from './pooling/Agreement.tsx'
import { ClsEditor } from './pooling/ClsEditor.tsx'
import { ClsScaleStory } from './pooling/ClsScaleStory.tsx'
import type { VisionToolProps } from './props.ts'

/** Where the class is read: from CLS, from the average of the patches, or from attention pooling; and CLS put to the test. */
export default function PoolingTool(props: VisionToolProps) {
  return (
    <>
      <Panel
        title="CLS against pooling"
        lead="A class can be read from [CLS], from the average of the patches, or from an attention pooling of them. The models of this page were trained with all three heads."
        testId="pooling-tool"
      >
        <ClsEditor {...props} />
      </Panel>
      <Panel title="A [CLS] that starts too long or too short" testId="cls-scales">
        <ClsScaleStory {...props} />
      </Panel>
      <Panel title="Do the heads agree?" testId="agreement">
        <Agreement {...props} />
      </Panel>
    </>
  )
}
