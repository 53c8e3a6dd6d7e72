/** "Copy as Python": a run as a snippet for transformers that gives the same numbers. */

import { active, type Sequence, type Token } from '../../../sequence/token.ts'
import { list, literal, modelCode, NORMAL_VECTOR, revisionCode, type SnippetModel } from '../../../state/python.ts'
import type { HeadLook } from './lab.ts'
import { mayRead, readBy, type Seq2SeqRun } from './run.ts'
import { DEFAULT_MASKS, STAGES, type Stage } from './stages.ts'

const MASK = `def mask(rows):
    """[1, 1, queries, keys] to be added to the scores; a line a query, a digit a key, 1: it may be read."""
    readable = torch.tensor([[digit == "1" for digit in row] for row in rows])
    return torch.zeros(1, 1, *readable.shape).masked_fill(~readable, torch.finfo(torch.float32).min)`

/** @param choice the cross-attention head whose map the snippet prints */
export function snippetOf(run: Seq2SeqRun, model: SnippetModel, { layer, head }: HeadLook): string {
  const { doc, source, rows } = run
  const { states } = doc
  const width = model.info.width
  const inputs = rows.map(({ reads }) => reads)
  const other = states.type === 'other' ? active(states.source) : null
  const draws = [...source, ...inputs].some(({ start }) => start?.type === 'normal')
  const masks = STAGES.map((stage) => ({ stage, lines: maskCode(run, stage) }))
  const name = `cross-attention of layer ${layer + 1}, ${head === 'mean' ? 'mean of heads' : `head ${head + 1}`}`
  const wrote = doc.target === null && isPlain(run)
  const from = revisionCode(model)
  return [
    `# A run of CLSroom in transformers: ${name}.`,
    '# pip install "transformers>=5" torch',
    ...masks.flatMap(({ stage, lines }) => notes(run, stage, lines.silent)),
    draws && 'import math\n',
    'import torch',
    'from transformers import T5ForConditionalGeneration',
    'from transformers.modeling_outputs import BaseModelOutput',
    '',
    `MODEL = ${modelCode(model)}`,
    `model = T5ForConditionalGeneration.from_pretrained(MODEL${from}, dtype=torch.float32, attn_implementation="eager").eval()`,
    'embed = model.get_input_embeddings()',
    '',
    '',
    MASK,
    draws && `\n\n${NORMAL_VECTOR}`,
    '',
    '',
    `source = ${list(source.map(({ label }) => label))}`,
    `output = ${list(rows.map(({ writes }) => writes?.label ?? ''))}  # row by row, what the decoder has to write`,
    ...idsCode('input_ids', source),
    ...idsCode('decoder_input_ids', inputs),
    `labels = torch.tensor(${list(rows.map(({ writes, counts }) => (counts ? (writes?.id ?? -100) : -100)))})  # -100: not in the loss`,
    ...masks.map(({ stage, lines }) => `${stage}_mask = mask(${list(lines.rows)})`),
    '',
    'with torch.no_grad():',
    ...embeddingCode('input_ids', source, width),
    '    encoded = model.encoder(inputs_embeds=input_embeds, attention_mask=encoder_mask, output_attentions=True)',
    '    states = encoded.last_hidden_state',
    states.type === 'zeros' && '    states = torch.zeros_like(states)  # what the decoder reads in their place',
    states.type === 'mean' &&
      '    states = states.mean(1, keepdim=True).expand_as(states)  # what the decoder reads in their place',
    ...(other
      ? [
          `    other = torch.tensor([${list(other.map(({ id }) => id ?? 0))}])  # ${literal(states.type === 'other' ? states.text : '')}`,
          '    states = model.encoder(input_ids=other).last_hidden_state  # what the decoder reads in their place',
        ]
      : []),
    ...embeddingCode('decoder_input_ids', inputs, width),
    '    out = model(',
    '        encoder_outputs=BaseModelOutput(last_hidden_state=states),',
    '        attention_mask=cross_mask,',
    '        decoder_inputs_embeds=decoder_input_embeds,',
    '        decoder_attention_mask=decoder_mask,',
    '        output_attentions=True,',
    '        use_cache=False,',
    '    )',
    '',
    `attention = out.cross_attentions[${layer}][0${head === 'mean' ? '].mean(0)' : `, ${head}]`}  # [rows, source] of ${name}`,
    'log_p = out.logits[0].log_softmax(-1)',
    `read = ${other ? list(other.map(({ label }) => label)) : 'source'}`,
    'for row, (token, label) in enumerate(zip(output, labels)):',
    '    best = attention[row].topk(min(3, len(read)))',
    '    written = f"ln p {log_p[row, label]:.3f}" if label >= 0 else "not in the loss"',
    '    print(f"{token:>14} ({written}) reads", *(f"{read[i]} {p:.3f}" for p, i in zip(best.values, best.indices)))',
    ...(wrote
      ? [
          '',
          '# The output is the model’s own: greedy search gives it again.',
          'written = model.generate(input_ids, do_sample=False, num_beams=1, max_new_tokens=64)[0].tolist()',
          'print("written:", written)',
        ]
      : []),
  ]
    .filter((line): line is string => line !== false)
    .join('\n')
    .concat('\n')
}

function idsCode(name: string, tokens: readonly Token[]): string[] {
  return [`${name} = torch.tensor([${list(tokens.map(({ id, start }) => (start ? 0 : (id ?? 0))))}])`]
}

/** The vectors of some ids, with those of tokens that the model never trained put in by hand. */
function embeddingCode(ids: string, tokens: readonly Token[], width: number): string[] {
  const embeds = ids.replace('ids', 'embeds')
  const lines = tokens.flatMap(({ start, label }, row) => {
    if (!start) return []
    const place = `    ${embeds}[0, ${row}]`
    const note = `# ${literal(label)}, which nobody trained`
    if (start.type === 'normal') return [`${place} = normal_vector(${start.seed}, ${start.std}, ${width})  ${note}`]
    if (start.type === 'copy') return [`${place} = ${start.scale} * embed.weight[${start.of}]  ${note}`]
    return [`${place} = 0  ${note}`]
  })
  return [`    ${embeds} = embed(${ids})${lines.length > 0 ? '.clone()' : ''}`, ...lines]
}

function maskCode(run: Seq2SeqRun, stage: Stage): { rows: string[]; silent: number[] } {
  const readable = mayRead(run, stage)
  const [queries, keys] = sizeOf(run, stage)
  const rows = Array.from({ length: queries }, (_, q) =>
    Array.from({ length: keys }, (__, k) => (readable(0, q, k) ? '1' : '0')).join(''),
  )
  return { rows, silent: rows.flatMap((row, q) => (row.includes('1') ? [] : [q])) }
}

function sizeOf({ source, read, rows }: Seq2SeqRun, stage: Stage): [number, number] {
  if (stage === 'encoder') return [source.length, source.length]
  return [rows.length, stage === 'cross' ? read.length : rows.length]
}

/** What this snippet cannot say of a mask. */
function notes({ doc }: Seq2SeqRun, stage: Stage, silent: readonly number[]): string[] {
  const { rules, paint } = doc.masks[stage]
  const byLayer = rules.some(({ layers }) => layers) || paint.some(({ layer }) => layer !== 'all')
  return [
    ...(byLayer
      ? [`# The ${stage} mask differs between layers, and this is the one of the first: the numbers differ.`]
      : []),
    ...(silent.length > 0
      ? [
          `# Of the ${stage} mask, rows ${silent.join(', ')} may read nothing: CLSroom then adds nothing, transformers reads all tokens evenly, so the numbers differ.`,
        ]
      : []),
  ]
}

/** Whether `generate` of transformers, which knows none of this lab's interventions, writes the same. */
function isPlain({ doc }: Seq2SeqRun): boolean {
  const isDefault = JSON.stringify(doc.masks) === JSON.stringify(DEFAULT_MASKS)
  const untouched = ({ tokens }: Sequence) =>
    tokens.every(({ status, start, kind }) => status === 'read' && !start && kind !== 'pad')
  return isDefault && doc.states.type === 'own' && untouched(readBy(doc))
}
