import { Panel } from '../../../views/shell/Panel.tsx'
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
      <Panel
        title="Registers"
        lead="Tokens that stand for no part of the picture: room for the model to keep what it works out (Darcet et al. 2024)."
        testId="registers-tool"
      >
        <HandRegisters {...props} />
        <RegisterMaps {...props} />
      </Panel>
      <Panel title="Trained with and without registers" testId="register-models">
        <TrainedModels {...props} />
      </Panel>
      <Panel title="Who reads whom" testId="interactions">
        <InteractionStory {...props} />
      </Panel>
      <Panel title="Norms" lead="How long each token's hidden state is." testId="token-norms">
        <TokenNorms {...props} />
      </Panel>
      <Panel title="What registers cost" testId="register-cost">
        <RegisterCost {...props} />
      </Panel>
    </>
  )
}
