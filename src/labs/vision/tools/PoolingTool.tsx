import { Panel } from '../../../views/shell/Panel.tsx'
import { Agreement } from './pooling/Agreement.tsx'
import { ClsEditor } from './pooling/ClsEditor.tsx'
import { ClsScaleStory } from './pooling/ClsScaleStory.tsx'
import type { VisionToolProps } from './props.ts'

/** Where the class is read: from CLS, from the average of the patches, or from attention pooling; and CLS put to the test. */
export function PoolingTool(props: VisionToolProps) {
  return (
    <>
      <Panel
        title="CLS against pooling"
        lead="Three heads were trained on the same model: one reads [CLS], one the average of the patches, one pools the patches by attention."
        testId="pooling-tool"
      >
        <ClsEditor {...props} />
      </Panel>
      <Panel title="A [CLS] that starts too long or too short" testId="cls-scales">
        <ClsScaleStory {...props} />
      </Panel>
      <Panel title="Do the three agree?" testId="agreement">
        <Agreement {...props} />
      </Panel>
    </>
  )
}
