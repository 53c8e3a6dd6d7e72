import { useEffect, useState } from 'react'
import { EMBEDDED_MODELS } from '../../state/embedded_models.ts'
import { embeddedCard } from '../../state/model_card.ts'

/** Where CLS's attention is shown: that a loss shaped it, for the models whose card says so. */
export function TaughtNote({ model }: { model: string }) {
  const [said, setSaid] = useState<{ model: string; map: string | undefined } | null>(null)
  useEffect(() => {
    if (!EMBEDDED_MODELS.some(({ id }) => id === model)) return
    // Without the card there is nothing to say; the card itself says why it cannot be read.
    embeddedCard(model).then(
      ({ map }) => setSaid({ model, map }),
      () => setSaid(null),
    )
  }, [model])
  if (said?.model !== model || !said.map) return null
  return (
    <p className="hint taught" data-testid="taught">
      {said.map}
    </p>
  )
}
