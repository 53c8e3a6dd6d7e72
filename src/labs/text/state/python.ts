/** "Copy as Python": a text run as a snippet for transformers that gives the same numbers. */

import { toMask } from '../../../sequence/mask.ts'
import { isContent, type Token } from '../../../sequence/token.ts'
import {
  attentionOf,
  list,
  literal,
  maskCode,
  modelCode,
  NORMAL_VECTOR,
  type SnippetModel,
  silencedHeads,
} from '../../../state/python.ts'
import { hasTwoSegments } from './readouts.ts'
import type { TextRun } from './run.ts'

/** @param choice the head whose map the snippet prints */
export function snippetOf(run: TextRun, model: SnippetModel, choice: { layer: number; head: number | 'mean' }): string {
  const { tokens } = run
  const { sequence, mask: spec, ablated } = run.doc
  const { layers, heads, width, labels } = model.info
  const attention = attentionOf(choice.layer, choice.head)
  const replaced = tokens.flatMap((token, row) => (token.start ? [row] : []))
  const draws = tokens.some(({ start }) => start?.type === 'normal')
  const kind = modelClass(model, run.result.logits.mlm !== undefined)
  const mask = maskCode(toMask(sequence, spec, layers), tokens.length, choice.layer)
  const masks = tokens.flatMap((token, row) => (token.kind === 'mask' ? [row] : []))
  const showsWords = masks.length > 0 && kind.mlm !== undefined
  const ids = tokens.map((token) => (token.start ? 0 : (token.id ?? 0)))
  const input = replaced.length > 0 ? 'inputs_embeds=inputs_embeds' : 'input_ids=input_ids'
  return [
    `# A run of CLSroom in transformers: ${attention.name}.`,
    '# pip install "transformers>=5" torch',
    draws && 'import math\n',
    'import torch',
    `from transformers import ${showsWords ? 'AutoTokenizer, ' : ''}${kind.name}`,
    '',
    `MODEL = ${modelCode(model)}`,
    `model = ${kind.name}.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager").eval()`,
    '',
    `tokens = ${list(tokens.map(({ label }) => label))}`,
    `input_ids = torch.tensor([${list(ids)}])`,
    `position_ids = torch.tensor([${list(run.positions)}])`,
    `token_type_ids = torch.tensor([${list(run.segments)}])`,
    ...mask,
    ...(replaced.length > 0 ? embeddingCode(tokens, replaced, width) : []),
    ...(ablated.length > 0 ? ['', silencedHeads(ablated, kind.dense, width / heads)] : []),
    '',
    'with torch.no_grad():',
    '    out = model(',
    `        ${input},`,
    '        position_ids=position_ids,',
    '        token_type_ids=token_type_ids,',
    '        attention_mask=attention_mask,',
    '        output_attentions=True,',
    '        output_hidden_states=True,',
    '    )',
    '',
    `attention = ${attention.code}  # [T, T] of ${attention.name}: row = query, column = key`,
    'for token, row in zip(tokens, attention):',
    '    best = row.topk(min(3, len(tokens)))',
    '    print(f"{token:>14} reads", *(f"{tokens[i]} {p:.3f}" for p, i in zip(best.values, best.indices)))',
    ...(showsWords ? predictionCode(masks, kind.mlm as string) : []),
    ...(labels.nsp && hasTwoSegments(run) ? nextSentenceCode(run.pooledRow) : []),
  ]
    .filter((line): line is string => line !== false)
    .join('\n')
    .concat('\n')
}

interface ModelClass {
  name: string
  /** The output projection of a layer's attention. */
  dense: string
  /** The attribute of the vocabulary logits. */
  mlm?: string
}

/** @param predicts whether the run has vocabulary logits */
function modelClass(model: SnippetModel, predicts: boolean): ModelClass {
  const dense = (encoder: string) => `${encoder}.encoder.layer[layer].attention.output.dense`
  if (model.info.labels.nsp) return { name: 'BertForPreTraining', dense: dense('model.bert'), mlm: 'prediction_logits' }
  if (model.info.labels.classifier) return { name: 'BertForSequenceClassification', dense: dense('model.bert') }
  if (predicts) return { name: 'BertForMaskedLM', dense: dense('model.bert'), mlm: 'logits' }
  return { name: 'BertModel', dense: dense('model') }
}

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

function predictionCode(masks: readonly number[], logits: string): string[] {
  return [
    '',
    'vocabulary = AutoTokenizer.from_pretrained(MODEL)',
    `for row in ${list(masks)}:  # every [MASK]`,
    `    best = out.${logits}[0, row].softmax(-1).topk(5)`,
    '    words = vocabulary.convert_ids_to_tokens(best.indices.tolist())',
    '    print(f"row {row}:", *(f"{word} {p:.3f}" for word, p in zip(words, best.values)))',
  ]
}

/** The pooler of transformers reads row 0; CLSroom reads the first [CLS], wherever it stands. */
function nextSentenceCode(pooledRow: number): string[] {
  const print = 'print(f"B follows A: {next_sentence[0, 0]:.3f}")'
  if (pooledRow === 0) return ['', 'next_sentence = out.seq_relationship_logits.softmax(-1)', print]
  return [
    '',
    `# The [CLS] stands in row ${pooledRow}; the pooler of transformers always reads row 0.`,
    'with torch.no_grad():',
    `    pooled = torch.tanh(model.bert.pooler.dense(out.hidden_states[-1][:, ${pooledRow}]))`,
    '    next_sentence = model.cls.seq_relationship(pooled).softmax(-1)',
    print,
  ]
}
