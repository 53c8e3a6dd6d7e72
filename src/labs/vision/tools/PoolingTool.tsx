import { Panel } from '../../../views/shell/Panel.tsx'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import { Agreement } from './pooling/Agreement.tsx'
import { ClsEditor } from './pooling/ClsEditor.tsx'
import { ClsScaleStory } from './pooling/ClsScaleStory.tsx'
import type { VisionToolProps } from './props.ts'

/** Where the class is read: from CLS, from the average of the patches, or from attention pooling; and CLS put to the test. */
export default function PoolingTool(props: VisionToolProps) {
  return (
    <>
      <Panel help={null} title={t('tool.pooling')} lead={t('pooling.lead')} testId="pooling-tool">
        <ClsEditor {...props} />
      </Panel>
      <Panel help={help('cls-scales')} title={t('pooling.scales')} testId="cls-scales">
        <ClsScaleStory {...props} />
      </Panel>
      <Panel help={help('agreement')} title={t('pooling.agreement')} testId="agreement">
        <Agreement {...props} />
      </Panel>
    </>
  )
}
