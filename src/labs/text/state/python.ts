/** "Copy as Python": a text run as a snippet for transformers that gives the same numbers. */

import { toMask } from '../../../sequence/mask.ts'
import { isContent, type Token } from '../../../sequence/token.ts'
import {
  attentionOf,
  LOAD_WEIGHTS,
  list,
  literal,
  maskCode,
  modelCode,
  NORMAL_VECTOR,
  ownHeadsCode,
  revisionCode,
  SHOW,
  type SnippetModel,
  scoresCode,
  silencedHeads,
} from '../../../state/python.ts'
import { type ModelClass, modelClass, WINDOWED_MASK } from './python_classes.ts'
import { hasTwoSegments } from './readouts.ts'
import type { TextRun } from './run.ts'
import { MAX_SPAN_TOKENS, spanRows } from './span.ts'

/** @param choice the head whose map the snippet prints */
export function snippetOf(run: TextRun, model: SnippetModel, choice: { layer: number; head: number | 'mean' }): string {
  const { tokens } = run
  const { sequence, mask: spec, ablated } = run.doc
  const { heads, width, labels } = model.info
  const attention = attentionOf(choice.layer, choice.head)
  const replaced = tokens.flatMap((token, row) => (token.start ? [row] : []))
  const draws = tokens.some(({ start }) => start?.type === 'normal')
  const kind = modelClass(model)
  const ownHeads = Object.keys(labels).some((head) => !OF_TRANSFORMERS.includes(head))
  const mask = maskCode(toMask(sequence, spec, model.info), tokens.length, choice.layer, model.info.windows)
  const masks = tokens.flatMap((token, row) => (token.kind === 'mask' ? [row] : []))
  const showsWords = masks.length > 0 && kind.mlm !== undefined
  const ids = tokens.map((token) => (token.start ? 0 : (token.id ?? 0)))
  const input = replaced.length > 0 ? 'inputs_embeds=inputs_embeds' : 'input_ids=input_ids'
  return [
    `# A run of CLSroom in transformers: ${attention.name}.`,
    '# pip install "transformers>=5" torch',
    ownHeads && 'import json',
    draws && 'import math',
    ownHeads && 'from pathlib import Path',
    (draws || ownHeads) && '',
    'import torch',
    ownHeads && 'from safetensors.torch import load_file',
    `from transformers import ${showsWords ? 'AutoTokenizer, ' : ''}${kind.name}`,
    '',
    `MODEL = ${modelCode(model)}`,
    `model = ${kind.name}.from_pretrained(MODEL${revisionCode(model)}, dtype=torch.float32, attn_implementation="eager").eval()`,
    ownHeads && LOAD_WEIGHTS,
    '',
    `tokens = ${list(tokens.map(({ label }) => label))}`,
    `input_ids = torch.tensor([${list(ids)}])`,
    `position_ids = torch.tensor([${list(run.positions)}])`,
    kind.segments && `token_type_ids = torch.tensor([${list(run.segments)}])`,
    ...mask,
    ...(kind.windows && mask.some((line) => line.startsWith('readable')) ? WINDOWED_MASK : []),
    ...(replaced.length > 0 ? embeddingCode(tokens, replaced, model.info.embeddingWidth ?? width) : []),
    ...(ablated.length > 0 ? ['', silenced(ablated, kind, width / heads)] : []),
    '',
    'with torch.no_grad():',
    '    out = model(',
    `        ${input},`,
    '        position_ids=position_ids,',
    kind.segments && '        token_type_ids=token_type_ids,',
    '        attention_mask=attention_mask,',
    '        output_attentions=True,',
    '        output_hidden_states=True,',
    '    )',
    '',
    `attention = ${attention.code}  # [T, T] of ${attention.name}: row = query, column = key`,
    'for token, row in zip(tokens, attention):',
    '    best = row.topk(min(3, len(tokens)))',
    '    print(f"{token:>14} reads", *(f"{tokens[i]} {p:.3f}" for p, i in zip(best.values, best.indices)))',
    ...(showsWords ? predictionCode(masks, kind.mlm as string, revisionCode(model)) : []),
    ...(kind.answers === 'nsp' && hasTwoSegments(run) ? nextSentenceCode(kind, run.pooledRow) : []),
    ...(kind.answers === 'sop' && hasTwoSegments(run) ? sentenceOrderCode(kind, run.pooledRow) : []),
    ...(kind.answers === 'tokens' ? tokenLabelsCode(model.info.tokenLabels?.tokens ?? []) : []),
    ...(kind.answers === 'replaced' ? REPLACED : []),
    ...(kind.answers === 'span' ? spanCode(run) : []),
    ...(kind.answers === 'classifier' || ownHeads ? classesCode(run, model, kind, ownHeads) : []),
    ...leftOut(model, kind),
  ]
    .filter((line): line is string => line !== false)
    .join('\n')
    .concat('\n')
}

/** What the page shows and this class of transformers does not have. */
function leftOut({ info: { labels, tokenLabels, predictsTokens } }: SnippetModel, kind: ModelClass): string[] {
  const heads = Object.keys({ ...labels, ...tokenLabels }).filter((head) => OF_TRANSFORMERS.includes(head))
  const others = [...heads.filter((head) => head !== kind.answers), ...(predictsTokens && !kind.mlm ? ['[MASK]'] : [])]
  return others.length === 0 ? [] : ['', `# ${kind.name} does not answer, but this file can: ${others.join(', ')}.`]
}

const OF_TRANSFORMERS: readonly string[] = ['nsp', 'sop', 'classifier', 'tokens', 'replaced', 'span']

/** Start vectors of tokens the model never trained, in the place of their rows of the table. */
function embeddingCode(tokens: readonly Token[], replaced: readonly number[], width: number): string[] {
  const content = tokens.flatMap((token, row) =>
    isContent(token) && token.status === 'read' && !token.start ? [row] : [],
  )
  const lines = replaced.map((row) => {
    const { start, label } = tokens[row] as Token
    const place = `    inputs_embeds[0, ${row}]`
    const note = `# ${literal(label)}`
    switch (start?.type) {
      case 'normal':
        return `${place} = normal_vector(${start.seed}, ${start.std}, ${width})  ${note}`
      case 'copy':
        return `${place} = ${start.scale} * table[${start.of}]  ${note}`
      case 'mean':
        return content.length === 0
          ? `${place} = 0  ${note}, the mean of no content token`
          : `${place} = table[input_ids[0, ${list(content)}]].mean(0)  ${note}, the mean of the content tokens`
      default:
        return `${place} = 0  ${note}`
    }
  })
  const draws = replaced.some((row) => tokens[row]?.start?.type === 'normal')
  return [
    ...(draws ? ['', '', NORMAL_VECTOR, ''] : []),
    '',
    '# Tokens the model never trained: their vectors are put in by hand.',
    'with torch.no_grad():',
    '    table = model.get_input_embeddings().weight',
    '    inputs_embeds = table[input_ids].clone()',
    ...lines,
  ]
}

function predictionCode(masks: readonly number[], logits: string, revision: string): string[] {
  return [
    '',
    `vocabulary = AutoTokenizer.from_pretrained(MODEL${revision})`,
    `for row in ${list(masks)}:  # every [MASK]`,
    `    best = out.${logits}[0, row].softmax(-1).topk(5)`,
    '    words = vocabulary.convert_ids_to_tokens(best.indices.tolist())',
    '    print(f"row {row}:", *(f"{word} {p:.3f}" for word, p in zip(words, best.values)))',
  ]
}

/** The heads of transformers read row 0; CLSroom reads the first [CLS], wherever it stands. */
function firstRowCode(pooledRow: number): string[] {
  return [
    `# The [CLS] stands in row ${pooledRow}; the heads of transformers always read row 0.`,
    'with torch.no_grad():',
    `    from_cls = out.hidden_states[-1][:, ${pooledRow}:]`,
  ]
}

/** A hook on the output projection, where each layer has one of its own. */
function silenced(ablated: TextRun['doc']['ablated'], { dense, name }: ModelClass, headWidth: number): string {
  if (dense) return silencedHeads(ablated, dense, headWidth)
  return `# Heads are switched off in CLSroom; the layers of ${name} share their weights, and no hook here is for one of them: the numbers differ.`
}

function nextSentenceCode({ encoder, logits }: ModelClass, pooledRow: number): string[] {
  const print = 'print(f"B follows A: {next_sentence[0, 0]:.3f}")'
  if (pooledRow === 0) return ['', `next_sentence = out.${logits}.softmax(-1)`, print]
  return [
    '',
    ...firstRowCode(pooledRow),
    `    next_sentence = model.cls.seq_relationship(${encoder}.pooler(from_cls)).softmax(-1)`,
    print,
  ]
}

function sentenceOrderCode({ encoder, logits }: ModelClass, pooledRow: number): string[] {
  const print = 'print(f"A and B are in order: {order[0, 0]:.3f}")'
  if (pooledRow === 0) return ['', `order = out.${logits}.softmax(-1)`, print]
  return [
    '',
    ...firstRowCode(pooledRow),
    `    order = model.sop_classifier(torch.tanh(${encoder}.pooler(from_cls[:, 0]))).softmax(-1)`,
    print,
  ]
}

/** The classes by transformers' own head, and by those that only CLSroom's models have. */
function classesCode(run: TextRun, { info }: SnippetModel, kind: ModelClass, ownHeads: boolean): string[] {
  const { classifier: names } = info.labels
  const content = run.tokens.flatMap((token, row) => (isContent(token) && token.status === 'read' ? [row] : []))
  const scoring = info.activations?.classifier ?? 'softmax'
  return [
    '',
    '',
    SHOW,
    '',
    '',
    'x = out.hidden_states[-1][0]  # [T, D]',
    'logits = {}  # by head',
    ...(kind.answers === 'classifier' && names
      ? [
          ...(run.pooledRow === 0
            ? ['logits["classifier"] = out.logits[0]']
            : [...firstRowCode(run.pooledRow), `    logits["classifier"] = ${kind.answered('from_cls')}[0]`]),
          `show("classifier", ${scoresCode('logits["classifier"]', scoring)}, ${list(names)}, ${scoring === 'softmax' ? SHOWN : names.length})`,
        ]
      : []),
    ...(ownHeads
      ? [
          ...ownHeadsCode(content, run.pooledRow, `${kind.encoder}.pooler.dense`),
          `    show(name, ${scoresCode('logits[name]', 'softmax')}, head["labels"], ${SHOWN})`,
        ]
      : []),
  ]
}

/** So many classes are printed, as on the page. */
const SHOWN = 5

function tokenLabelsCode(names: readonly string[]): string[] {
  return [
    '',
    `names = ${list(names)}`,
    'labels = out.logits[0].softmax(-1)  # [T, K]',
    'for token, row in zip(tokens, labels):',
    '    print(f"{token:>14} is {names[int(row.argmax())]} {row.max():.3f}")',
  ]
}

const REPLACED = [
  '',
  'replaced = out.logits[0].sigmoid()  # [T]',
  'for token, p in zip(tokens, replaced):',
  '    print(f"{token:>14} was replaced: {p:.3f}")',
]

function spanCode(run: TextRun): string[] {
  const rows = spanRows(run)
  if (rows.length === 0) return []
  return [
    '',
    `rows = torch.tensor(${list(rows)})  # where the answer may stand`,
    'starts, ends = out.start_logits[0, rows].softmax(-1), out.end_logits[0, rows].softmax(-1)',
    'length = rows[None] - rows[:, None]',
    `spans = torch.where((length >= 0) & (length < ${MAX_SPAN_TOKENS}), starts[:, None] * ends[None], 0.0)`,
    'start, end = (int(rows[i]) for i in divmod(int(spans.argmax()), len(rows)))',
    'print(f"the answer is {tokens[start : end + 1]} {spans.max():.3f}")',
  ]
}
