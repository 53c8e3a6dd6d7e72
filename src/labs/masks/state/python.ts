/**
 * A mask in Python, in the three forms that people paste: FlexAttention's mask_mod, a boolean tensor, and the 4-D attention_mask of
 * transformers. Each leaves `mask`, bool [L, H, T, T], behind. training/golden/test_snippets.py runs them against the engine's bits.
 */

import { KINDS, type Kind } from '../../../core/tokens.ts'
import { FACTS, type Facts, type Formula, type Term } from '../../../sequence/formula.ts'
import { factsOf, type MaskSpec } from '../../../sequence/mask.ts'
import { active, type Sequence } from '../../../sequence/token.ts'
import { list } from '../../../state/python.ts'
import { parse } from './language.ts'
import { isWhole, type Range, type RuleText, type Stack } from './rules.ts'

/** A mask with all that it is made of; paint by rows. */
export interface ExportedMask {
  rules: readonly RuleText[]
  facts: Facts
  labels: readonly string[]
  stack: Stack
  /** Rows of tokens that nobody may read, whatever the rules say. */
  unreadable: readonly number[]
  paint: readonly { layer: number | 'all'; query: number; key: number; readable: boolean }[]
}

export const PYTHON_FORMS = ['flex', 'tensor', 'transformers'] as const
export type PythonForm = (typeof PYTHON_FORMS)[number]

export function maskPython(form: PythonForm, mask: ExportedMask): string {
  return [...{ flex, tensor, transformers }[form](mask), ''].join('\n')
}

function flex(mask: ExportedMask): string[] {
  return [
    '# The mask as a mask_mod of FlexAttention (torch ≥ 2.5).',
    'from functools import partial',
    '',
    'import torch',
    'from torch.nn.attention.flex_attention import create_mask  # create_block_mask, for flex_attention itself',
    '',
    ...constantsCode(mask),
    '',
    '',
    'def mask_mod(b, h, q, k, layer=0):',
    ...bodyCode(mask),
    '',
    '',
    `mask = torch.cat([create_mask(partial(mask_mod, layer=layer), 1, H, T, T, device="cpu") for layer in range(L)])  # [L, H, T, T]`,
  ]
}

function tensor(mask: ExportedMask): string[] {
  return ['# The mask as a boolean tensor; True: the query may read the key.', 'import torch', '', ...tensorCode(mask)]
}

function transformers(mask: ExportedMask): string[] {
  const differs = mask.rules.some(({ layers }) => layers && !isWhole(layers, mask.stack.layers))
  const painted = mask.paint.some(({ layer }) => layer !== 'all')
  return [
    '# The mask as the 4-D attention_mask of transformers, [B, H, T, T]: added to the scores (attn_implementation "eager" or "sdpa").',
    '# A row that may read nothing reads all tokens evenly there; CLSroom gives it zeros.',
    'import torch',
    '',
    ...tensorCode(mask),
    'attention_masks = torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)',
    'attention_mask = attention_masks[:1]  # model(input_ids, attention_mask=attention_mask)',
    ...(differs || painted
      ? [
          '# Layers differ, and attention_mask is one for all of them: this gives each layer its own.',
          '# for layer, block in enumerate(model.bert.encoder.layer):',
          '#     block.attention.self.register_forward_pre_hook(',
          '#         lambda module, args, kwargs, own=attention_masks[layer : layer + 1]: (args, {**kwargs, "attention_mask": own}),',
          '#         with_kwargs=True,',
          '#     )',
        ]
      : []),
  ]
}

function tensorCode(mask: ExportedMask): string[] {
  return [
    ...constantsCode(mask),
    'h, q, k = torch.arange(H)[:, None, None], torch.arange(T)[:, None], torch.arange(T)[None, :]',
    '',
    '',
    'def readable(layer):',
    ...bodyCode(mask),
    '',
    '',
    'mask = torch.stack([readable(layer).expand(H, T, T) for layer in range(L)])  # [L, H, T, T]',
  ]
}

/** Everything that the formulas name. */
function constantsCode(mask: ExportedMask): string[] {
  const { facts, stack, labels, rules } = mask
  const T = facts.kinds.length
  const formulas = rules.map(({ text }) => parse(text).formula)
  const used = usedBy(formulas)
  return [
    `T, H, L = ${T}, ${stack.heads}, ${stack.layers}  # tokens, heads, layers`,
    `tokens = ${list(labels)}`,
    ...(used.kinds.length > 0
      ? [
          `${used.kinds.map(kindName).join(', ')}${used.kinds.length === 1 ? ',' : ''} = range(${used.kinds.length})`,
          `kind = torch.tensor(${list(facts.kinds.map((kind) => used.kinds.indexOf(kind)))})  # -1: of another kind`,
        ]
      : []),
    ...(used.facts.has('doc') ? [`doc = torch.tensor(${list(facts.doc)})`] : []),
    ...(used.facts.has('place') ? [`place = torch.tensor(${list(FACTS.place(facts))})  # in its document`] : []),
    ...(used.facts.has('run') ? [`run = torch.tensor(${list(FACTS.run(facts))})  # stretches of one kind`] : []),
    ...used.counts.map((kind) => `${countName(kind)} = torch.tensor(${list(FACTS.count(facts, kind))})`),
    ...(mask.unreadable.length > 0
      ? [`unreadable = torch.isin(torch.arange(T), torch.tensor(${list(mask.unreadable)}))  # tokens that are masked`]
      : []),
    ...paintCode(mask),
  ]
}

function paintCode({ paint }: ExportedMask): string[] {
  if (paint.length === 0) return []
  const lines = (cells: ExportedMask['paint']) => {
    const byRow = new Map<string, number[]>()
    for (const { layer, query, key, readable } of cells) {
      const name = `${layer === 'all' ? ':' : layer}, ${query}|${readable ? 1 : 0}`
      byRow.set(name, [...(byRow.get(name) ?? []), key])
    }
    return [...byRow].map(([name, keys]) => {
      const [place, value] = name.split('|')
      return `painted[${place}, ${list(keys)}] = ${value}`
    })
  }
  return [
    'painted = torch.full((L, T, T), -1)  # cells set by hand: 1 open, 0 closed',
    // A cell of one layer wins over one of all layers.
    ...lines(paint.filter(({ layer }) => layer === 'all')),
    ...lines(paint.filter(({ layer }) => layer !== 'all')),
  ]
}

/** A line a rule, and what stands over the rules. */
function bodyCode({ rules, paint, unreadable, stack }: ExportedMask): string[] {
  const lines = rules.flatMap((rule, i) => {
    const { formula, where } = parse(rule.text)
    const constants = where.map(([name, value]) => `    ${constantName(name)} = ${value}`)
    const scoped = scopedTo(rule, stack, truth(formula, TIES.or))
    return [...constants, `    ${i === 0 ? 'mask =' : 'mask = mask &'} ${i === 0 ? scoped : `(${scoped})`}`]
  })
  return [
    ...(rules.length === 0 ? ['    mask = (q >= 0) & (k >= 0)'] : lines),
    ...(paint.length > 0
      ? ['    by_hand = painted[layer, q, k]', '    mask = torch.where(by_hand < 0, mask, by_hand == 1)']
      : []),
    ...(unreadable.length > 0 ? ['    mask = mask & ~unreadable[k]'] : []),
    '    return mask & (q >= 0) & (k >= 0) & (h >= 0)  # of the full shape, whatever the rules use',
  ]
}

function scopedTo({ layers, heads }: RuleText, stack: Stack, code: string): string {
  const outside = (name: string, [first, last]: Range, count: number) => [
    ...(first > 0 ? [`(${name} < ${first})`] : []),
    ...(last < count - 1 ? [`(${name} > ${last})`] : []),
  ]
  const others = [
    ...(layers ? outside('layer', layers, stack.layers) : []),
    ...(heads ? outside('h', heads, stack.heads) : []),
  ]
  return others.length === 0 ? code : `${others.join(' | ')} | (${code})`
}

/** Python's precedence of what is written here; `&` and `|` bind more closely than comparisons. */
const TIES = { or: 0, and: 1, not: 2, sum: 3, product: 4, whole: 5 } as const

function truth(formula: Formula, tie: number): string {
  if (typeof formula === 'boolean') return formula ? '(q >= 0)' : '(q < 0)'
  const bracketed = (own: number, code: string) => (own < tie ? `(${code})` : code)
  switch (formula[0]) {
    case 'or':
      return bracketed(TIES.or, `${truth(formula[1], TIES.or)} | ${truth(formula[2], TIES.and)}`)
    case 'and':
      return bracketed(TIES.and, `${truth(formula[1], TIES.and)} & ${truth(formula[2], TIES.not)}`)
    case 'not':
      return `~${truth(formula[1], TIES.whole)}`
    case 'is': {
      const [, side, kinds] = formula
      if (kinds.length === 0) return '(q < 0)'
      const tests = kinds.map((kind) => `(kind[${side}] == ${kindName(kind)})`)
      return bracketed(tests.length === 1 ? TIES.whole : TIES.or, tests.join(' | '))
    }
    default: {
      const compared = `(${number(formula[1], TIES.sum)} ${formula[0]} ${number(formula[2], TIES.sum)})`
      // Two numbers compare to Python's own bool, which has no ~ of ours.
      return varies(formula[1]) || varies(formula[2]) ? compared : `((q >= 0) & ${compared})`
    }
  }
}

/** Whether a term differs between cells: then it is a tensor. */
function varies(term: Term): boolean {
  if (typeof term === 'number' || term === 'T') return false
  if (typeof term === 'string') return true
  switch (term[0]) {
    case 'let':
      return false
    case 'abs':
      return varies(term[1])
    case 'doc':
    case 'place':
    case 'run':
    case 'count':
      return true
    default:
      return varies(term[1]) || varies(term[2])
  }
}

function number(term: Term, tie: number): string {
  if (typeof term === 'number') return term < 0 && tie > TIES.sum ? `(${term})` : String(term)
  if (typeof term === 'string') return term
  switch (term[0]) {
    case 'let':
      return constantName(term[1])
    case 'abs':
      return `abs(${number(term[1], TIES.sum)})`
    case 'min':
    case 'max': {
      const [a, b] = [number(term[1], TIES.sum), number(term[2], TIES.sum)]
      if (!varies(term)) return `${term[0]}(${a}, ${b})`
      const [first, second] = varies(term[1]) ? [a, b] : [b, a]
      return `torch.where(${first} ${term[0] === 'min' ? '<' : '>'} ${second}, ${first}, ${second})`
    }
    case 'doc':
    case 'place':
    case 'run':
      return `${term[0]}[${term[1]}]`
    case 'count':
      return `${countName(term[1])}[${term[2]}]`
    default: {
      const own = term[0] === '+' || term[0] === '-' ? TIES.sum : TIES.product
      const code = `${number(term[1], own)} ${term[0]} ${number(term[2], own + 1)}`
      return own < tie ? `(${code})` : code
    }
  }
}

function kindName(kind: Kind): string {
  return kind.toUpperCase()
}

function countName(kind: Kind): string {
  return `${kind}s_so_far`
}

/** Words of Python, and the names that the snippet has itself. */
const PYTHON = new Set(
  'b h q k layer mask painted by_hand unreadable tokens readable H L T torch partial create_mask kind doc place run as is if def del for from try None True False pass elif else lambda class import global assert async await break continue except finally nonlocal raise return while with yield abs min max range'.split(
    ' ',
  ),
)

/** A constant may not shadow what the snippet uses. */
function constantName(name: string): string {
  return PYTHON.has(name) || KINDS.some((kind) => kindName(kind) === name) || name.endsWith('s_so_far')
    ? `${name}_`
    : name
}

/** What formulas ask of the tokens. */
function usedBy(formulas: readonly Formula[]): { kinds: Kind[]; counts: Kind[]; facts: Set<string> } {
  const kinds = new Set<Kind>()
  const counts = new Set<Kind>()
  const facts = new Set<string>()
  const look = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (part[0] === 'is') for (const kind of part[2] as Kind[]) kinds.add(kind)
    else if (part[0] === 'count') counts.add(part[1] as Kind)
    else if (part[0] === 'doc' || part[0] === 'place' || part[0] === 'run') facts.add(part[0])
    else for (const one of part.slice(1)) look(one)
  }
  for (const formula of formulas) look(formula)
  return { kinds: [...kinds], counts: [...counts], facts }
}

/** A document's mask as the snippets take it. */
export function exportedOf(
  { sequence, rules, mask }: { sequence: Sequence; rules: readonly RuleText[]; mask: MaskSpec },
  { layers, heads }: Stack,
): ExportedMask {
  const tokens = active(sequence)
  const rows = new Map(tokens.map(({ key }, row) => [key, row]))
  return {
    rules,
    facts: factsOf(sequence),
    labels: tokens.map(({ label }) => label),
    stack: { layers, heads },
    unreadable: tokens.flatMap(({ status }, row) => (status === 'masked' ? [row] : [])),
    paint: mask.paint.flatMap(({ layer, query, key, readable }) => {
      const [q, k] = [rows.get(query), rows.get(key)]
      return q === undefined || k === undefined ? [] : [{ layer, query: q, key: k, readable }]
    }),
  }
}
