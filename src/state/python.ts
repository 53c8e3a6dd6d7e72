/** Pieces of Python that snippets are made of. */

import { maskBit } from '../core/mask.ts'
import type { LoadedModel, ModelInfo } from '../engine/protocol.ts'
import type { toMask } from '../sequence/mask.ts'
import type { Scoring } from './readouts.ts'

export type SnippetModel = Pick<LoadedModel, 'id' | 'source' | 'info' | 'address'>

/** A string that is the same in JSON and in Python: its text can break out of neither a literal nor a comment. */
export function literal(text: string): string {
  return JSON.stringify(text)
}

/** Several lines of a literal list, so that 512 numbers stay readable. */
export function list(values: readonly (string | number)[]): string {
  const items = values.map((value) => JSON.stringify(value))
  const line = `[${items.join(', ')}]`
  if (line.length <= 100) return line
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + item.length < 96) lines[lines.length - 1] = `${last} ${item},`
    else lines.push(`    ${item},`)
  }
  return `[\n${lines.join('\n')}\n]`
}

/** The head of a map in words and as an index into what transformers returns: [1, H, T, T] a layer. */
export function attentionOf(layer: number, head: number | 'mean'): { name: string; code: string } {
  const name = `layer ${layer + 1}, ${head === 'mean' ? 'mean of heads' : `head ${head + 1}`}`
  return { name, code: `out.attentions[${layer}][0${head === 'mean' ? '].mean(0)' : `, ${head}]`}` }
}

/** core/random.ts in Python: the same numbers from the same seed. */
export const NORMAL_VECTOR = `def normal_vector(seed, std, width):
    """N(0, std²) as CLSroom draws it: mulberry32 and Box & Muller."""
    state = seed & 0xFFFFFFFF

    def uniform():
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        t ^= (t + ((t ^ (t >> 7)) * (t | 61))) & 0xFFFFFFFF
        return (t ^ (t >> 14)) / 4294967296

    def normal():
        radius = math.sqrt(-2 * math.log(1 - uniform()))
        return radius * math.cos(2 * math.pi * uniform())

    return torch.tensor([std * normal() for _ in range(width)])`

/** Switches heads off as the engine does: their part of the context never reaches the output projection. */
export function silencedHeads(
  ablated: readonly (readonly [number, number])[],
  dense: string,
  headWidth: number,
): string {
  const byLayer = new Map<number, number[]>()
  for (const [layer, head] of ablated) byLayer.set(layer, [...(byLayer.get(layer) ?? []), head])
  const entries = [...byLayer].map(([layer, heads]) => `${layer}: [${heads.join(', ')}]`)
  return `def silence(heads):
    def hook(module, args):
        context = args[0].clone()
        for head in heads:
            context[..., head * ${headWidth} : (head + 1) * ${headWidth}] = 0
        return (context, *args[1:])

    return hook


# Heads that are switched off, by layer.
for layer, heads in {${entries.join(', ')}}.items():
    ${dense}.register_forward_pre_hook(silence(heads))`
}

/** Where the model's files are, as Python sees them. */
export function modelCode({ id, source, address, info }: SnippetModel): string {
  const files = `config.json, model.safetensors${info.modality === 'text' ? ', tokenizer.json, tokenizer_config.json' : ''}`
  switch (source) {
    case 'embedded':
      return `${literal(`public/models/${id}`)}  # in CLSroom's repository; or a folder of your own with ${files}${address ? ` from ${literal(address)}` : ''}`
    case 'hub':
      return literal(id.split('@')[0] as string)
    case 'url':
      return `"path/to/the/model"  # a folder with the files of ${literal(id)}`
    case 'files':
      return '"path/to/the/model"  # the folder whose files were dropped'
  }
}

/** Further arguments of from_pretrained: the revision, where the model's id names one. */
export function revisionCode({ id, source }: SnippetModel): string {
  const revision = source === 'hub' ? id.split('@')[1] : undefined
  return revision === undefined ? '' : `, revision=${literal(revision)}`
}

/** Logits as scores, as the page shows them. */
export function scoresCode(logits: string, scoring: Scoring): string {
  return { softmax: `${logits}.softmax(-1)`, sigmoid: `${logits}.sigmoid()`, none: logits }[scoring]
}

/** Prints the best few of a distribution. */
export const SHOW = `def show(name, scores, labels, count):
    best = scores.topk(min(count, len(scores)))
    print(f"{name}:", *(f"{labels[int(i)]} {p:.3f}" for p, i in zip(best.values, best.indices)))`

/**
 * The logits of the heads that only CLSroom's models have, as `logits[name]`, out of the last hidden states `x` [T, D] and the file's
 * `weights`.
 * @param content the rows that average and attention pooling go over
 * @param pooler the module that the pooling of that name goes through, where the model has one
 */
export function ownHeadsCode(content: readonly number[], pooledRow: number, pooler?: string): string[] {
  const rows = content.length === 0 ? 'torch.zeros(1, x.shape[1])  # no content is read' : `x[${list(content)}]`
  return [
    `content = ${rows}  # the rows that average and attention pooling go over`,
    'own = json.loads(Path(MODEL, "config.json").read_text())["clsroom"]["heads"]',
    'for name, head in own.items():',
    '    if head["pooling"] == "attention":',
    '        pooled = (content @ weights[f"heads.{name}.query"] / content.shape[1] ** 0.5).softmax(0) @ content',
    ...(pooler
      ? [
          '    elif head["pooling"] == "pooler":',
          '        with torch.no_grad():',
          `            pooled = torch.tanh(${pooler}(x[${pooledRow}]))`,
        ]
      : []),
    '    else:',
    `        pooled = content.mean(0) if head["pooling"] == "mean" else x[${pooledRow}]`,
    '    logits[name] = weights[f"heads.{name}.weight"] @ pooled + weights[f"heads.{name}.bias"]',
  ]
}

/** Reads the weights that transformers has no place for. */
export const LOAD_WEIGHTS =
  'weights = {name: tensor.float() for name, tensor in load_file(f"{MODEL}/model.safetensors").items()}'

/**
 * A mask of keys where every query has the same one, else query × key (of each head, where heads differ), added to the scores.
 * @param windows how far each layer reads, where some do not read everywhere
 */
export function maskCode(
  packed: ReturnType<typeof toMask>,
  T: number,
  layer: number,
  windows: ModelInfo['windows'] = [],
): string[] {
  const { bits, layers, heads = 1 } = packed
  const rowOf = (row: number) =>
    Array.from({ length: T }, (_, key) => (maskBit(bits, T, row, key) ? '1' : '0')).join('')
  const ofLayer = (l: number) => Array.from({ length: heads * T }, (_, row) => rowOf(l * heads * T + row))
  const shown = layers === 1 ? 0 : layer
  const rows = ofLayer(shown)
  const differs = Array.from({ length: layers }, (_, l) => l).some((l) =>
    ofLayer(l).some((row, query) => row !== rows[query]),
  )
  const reach = Math.min(...windows.map((window) => window ?? T), T)
  const near = (row: string, query: number) => row.slice(Math.max(0, query - reach), query + reach + 1)
  const silent = [...new Set(rows.flatMap((row, r) => (near(row, r % T).includes('1') ? [] : [r % T])))]
  const notes = [
    differs &&
      `# This run has a mask of its own in some layers, and attention_mask is one for all of them: below is that of layer ${layer + 1}, so only a run with this mask everywhere gives these numbers.`,
    silent.length > 0 &&
      `# ${silent.length === 1 ? 'Row' : 'Rows'} ${silent.join(', ')} may read nothing: CLSroom then adds nothing, transformers reads all tokens evenly, so the numbers differ.`,
  ].filter((note): note is string => note !== false)
  if (rows.every((row) => row === rows[0])) {
    return [...notes, `attention_mask = torch.tensor([${list([...(rows[0] ?? '')].map(Number))}])  # 1: may be read`]
  }
  const ofHeads = heads > 1 ? `.view(${heads}, ${T}, ${T})` : ''
  return [
    ...notes,
    `# One line a query${heads > 1 ? ', head by head' : ''}, one digit a key; 1: the query may read the key.`,
    `readable = torch.tensor([[digit == "1" for digit in row] for row in ${list(rows)}])${ofHeads}`,
    `attention_mask = torch.zeros(${heads > 1 ? '1' : '1, 1'}, *readable.shape).masked_fill(~readable, torch.finfo(torch.float32).min)`,
  ]
}
