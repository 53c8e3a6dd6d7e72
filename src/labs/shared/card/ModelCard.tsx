import { useEffect, useState } from 'react'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import { frontMatter } from '../../../loaders/front_matter.ts'
import { CARD_LINES, type Card, embeddedCard } from '../../../state/model_card.ts'
import { Dialog } from '../../../views/primitives/Dialog.tsx'
import { saidInFull } from '../../../words/errors.ts'
import { decimal } from '../../../words/numbers.ts'
import { t } from './words/words.ts'

export interface ModelCardProps {
  model: LoadedModel
  /** What people call it. */
  title: string
  onClose: () => void
}

/** What a model was made of and what it can be trusted with: six lines for ours, config and README for any other. */
export default function ModelCard({ model, title, onClose }: ModelCardProps) {
  return (
    <Dialog title={t('title', { model: title })} onClose={onClose} testId="model-card">
      {model.source === 'embedded' ? <OwnCard id={model.id} /> : <FoundCard model={model} />}
    </Dialog>
  )
}

function OwnCard({ id }: { id: string }) {
  const [card, setCard] = useState<Card | null>(null)
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  useEffect(() => {
    embeddedCard(id).then(setCard, (thrown) => setProblem(reportOf(thrown)))
  }, [id])
  if (problem) return <p role="alert">{saidInFull(problem)}</p>
  if (!card) return <p className="hint">{t('reading')}</p>
  return (
    <>
      <Lines lines={CARD_LINES.map((line) => [t(line), card[line]])} />
      <p>
        <a href={`${import.meta.env.BASE_URL}models/${id}/README.md`} target="_blank" rel="noreferrer">
          {t('readme')}
        </a>
      </p>
    </>
  )
}

function FoundCard({ model }: { model: LoadedModel }) {
  const { info, readme } = model
  const said = Object.entries(frontMatter(readme ?? ''))
  const answers = [
    ...(info.predictsTokens ? [t('answers.words')] : []),
    ...Object.entries(info.labels).map(([head, names]) => `${head}: ${namesOf(names)}`),
    ...Object.entries(info.tokenLabels ?? {}).map(([, names]) => t('answers.tokens', { names: namesOf(names) })),
  ]
  const number = (value: number) => value.toLocaleString(document.documentElement.lang || 'en')
  const lines: [string, string][] = [
    [t('config.type'), info.modelType],
    [
      t('config.size'),
      t('config.size.of', {
        parameters: number(info.parameters),
        layers: info.layers,
        heads: info.heads,
        width: decimal(info.width, 0),
        feedForward: decimal(info.feedForward, 0),
      }),
    ],
  ]
  if (info.vocabulary !== undefined)
    lines.push([
      t('config.vocabulary'),
      t('config.vocabulary.of', { pieces: number(info.vocabulary), tokens: info.maxTokens }),
    ])
  if (info.image) {
    const { size, patch, registers } = info.image
    lines.push([t('config.picture'), t('config.picture.of', { height: size[0], width: size[1], patch, registers })])
  }
  lines.push([t('config.heads'), answers.join('; ') || t('config.heads.none')])
  if (info.otherHeads?.length) lines.push([t('config.heads.other'), info.otherHeads.join(', ')])
  lines.push([t('config.from'), t(`config.from.${model.source}`, { address: model.address ?? model.id })])
  return (
    <>
      <h3>{t('config')}</h3>
      <Lines lines={lines} />
      {said.length > 0 ? (
        <>
          <h3>{t('readme.says')}</h3>
          <Lines lines={said} />
        </>
      ) : (
        <p className="hint">{t('config.none')}</p>
      )}
    </>
  )
}

/** So many classes are named. */
const NAMED = 8

function namesOf(names: readonly string[]): string {
  const more = names.length - NAMED
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` ${t('answers.more', { count: more })}` : '')
}

function Lines({ lines }: { lines: readonly (readonly [name: string, text: string])[] }) {
  return (
    <dl className="card-lines">
      {lines.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
