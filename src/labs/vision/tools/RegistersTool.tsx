import { Panel } from '../../../views/shell/Panel.tsx'
import { help } from '../help/help.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'
import { HandRegisters } from './registers/HandRegisters.tsx'
import { InteractionStory } from './registers/InteractionStory.tsx'
import { RegisterCost } from './registers/RegisterCost.tsx'
import { RegisterMaps } from './registers/RegisterMaps.tsx'
import { TokenNorms } from './registers/TokenNorms.tsx'
import { TrainedModels } from './registers/TrainedModels.tsx'

/** Registers: trained and untrained, what they read, whom they serve, what they cost. */
export default function RegistersTool(props: VisionToolProps) {
  return (
    <>
      <Panel help={null} title={t('registers.title')} lead={t('registers.lead')} testId="registers-tool">
        <HandRegisters {...props} />
        <RegisterMaps {...props} />
      </Panel>
      <Panel help={help('register-models')} title={t('registers.trained')} testId="register-models">
        <TrainedModels {...props} />
      </Panel>
      <Panel help={help('interactions')} title={t('registers.interactions')} testId="interactions">
        <InteractionStory {...props} />
      </Panel>
      <Panel
        help={help('token-norms')}
        title={t('registers.norms')}
        lead={t('registers.norms.lead')}
        testId="token-norms"
      >
        <TokenNorms {...props} />
      </Panel>
      <Panel help={help('register-cost')} title={t('registers.cost')} testId="register-cost">
        <RegisterCost {...props} />
      </Panel>
    </>
  )
}
