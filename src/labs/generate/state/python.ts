/** "Copy as Python": how a text was written, as a snippet for transformers that writes the same. */

import { active } from '../../../sequence/token.ts'
import { list, modelCode, revisionCode, type SnippetModel, silencedHeads } from '../../../state/python.ts'
import type { GenerateDoc } from './doc.ts'
import { type GenerateRun, isPlain } from './run.ts'
import { drawOfStep, stepsOf } from './steps.ts'

/** What stood there before anything was written, and what is asked of `generate`. */
export interface GenerateCall {
  ids: readonly number[]
  labels: readonly string[]
  /** Arguments beside the prompt: `num_beams: 4`, `do_sample: 'False'`. */
  arguments: Readonly<Record<string, number | string>>
}

/** A call of transformers' `generate`; `sequences` holds what it answers. */
export function generateSnippet(model: SnippetModel, call: GenerateCall, ablated: GenerateDoc['ablated'] = []): string {
  const given = Object.entries(call.arguments).map(([name, value]) => `        ${name}=${value},`)
  return [
    '# A text of CLSroom in transformers.',
    ...opening(model, 'AutoModelForCausalLM', call, ablated),
    'with torch.no_grad():',
    '    sequences = model.generate(',
    '        input_ids,',
    '        attention_mask=torch.ones_like(input_ids),',
    ...given,
    '    ).tolist()',
    '',
    ...printed(model, 'sequences[0]'),
  ]
    .join('\n')
    .concat('\n')
}

/**
 * The text of a run: by `generate` where every token was the most probable one, else draw by draw, with the same numbers in [0, 1).
 * @param vocabulary the spelling of every id
 */
export function snippetOf(run: GenerateRun, model: SnippetModel, vocabulary: readonly string[]): string {
  const { doc } = run
  const first = run.tokens.findIndex(({ origin }) => origin.type === 'written')
  const prompt = first < 0 ? run.tokens : run.tokens.slice(0, first)
  const call = {
    ids: prompt.map(({ id }) => id ?? 0),
    labels: prompt.map(({ id, label }) => (id === null ? label : (vocabulary[id] ?? label))),
  }
  const note = leftOut(run)
  const steps = stepsOf(run, undefined).filter(({ row }) => first >= 0 && row >= first)
  const { temperature, repetitionPenalty } = doc.sampling
  // What today's settings would not draw was written under others: it is given, like what a person chose.
  const drawn = steps.map((step) => drawOfStep(run, step)?.draw.token === step.token.id && step.seed !== null)
  if (temperature === 0 && drawn.every(Boolean)) {
    return `${note}${generateSnippet(
      model,
      {
        ...call,
        arguments: {
          do_sample: 'False',
          ...(repetitionPenalty !== 1 && { repetition_penalty: repetitionPenalty }),
          max_new_tokens: Math.max(1, steps.length),
          pad_token_id: 0,
        },
      },
      doc.ablated,
    )}`
  }
  return `${note}${drawingSnippet(
    model,
    call,
    doc,
    steps.map(({ seed, token }, i) => (drawn[i] ? [seed as number, null] : [null, token.id ?? 0])),
  )}`
}

type Draw = [seed: number | null, chosen: number | null]

/** transformers' own warpers, and the draw of engine/sampling.ts. */
function drawingSnippet(
  model: SnippetModel,
  call: Omit<GenerateCall, 'arguments'>,
  { sampling, ablated }: GenerateDoc,
  draws: readonly Draw[],
): string {
  const { repetitionPenalty, temperature, topK, topP, minP } = sampling
  const warpers = [
    repetitionPenalty !== 1 && `RepetitionPenaltyLogitsProcessor(${float(repetitionPenalty)})`,
    temperature > 0 && temperature !== 1 && `TemperatureLogitsWarper(${float(temperature)})`,
    (topK > 0 || temperature === 0) && `TopKLogitsWarper(${temperature === 0 ? 1 : topK})`,
    topP < 1 && `TopPLogitsWarper(${float(topP)})`,
    minP > 0 && `MinPLogitsWarper(${float(minP)})`,
  ].filter((line) => line !== false)
  const names = warpers.map((line) => line.slice(0, line.indexOf('(')))
  return [
    '# A text of CLSroom in transformers: drawn by the same numbers.',
    ...opening(model, ['AutoModelForCausalLM', 'LogitsProcessorList', ...names].join(', '), call, ablated),
    `warpers = LogitsProcessorList([${warpers.join(', ')}])`,
    '# The seed of each draw, or the token that was chosen by hand.',
    `draws = ${pairs(draws)}`,
    '',
    '',
    UNIFORM,
    '',
    '',
    'with torch.no_grad():',
    '    for place, (seed, chosen) in enumerate(draws):',
    '        scores = warpers(input_ids, model(input_ids).logits[:, -1])',
    '        # The most probable token first, of equals the lower id.',
    '        p, order = scores[0].double().softmax(-1).sort(descending=True, stable=True)',
    '        if chosen is None:',
    '            u = uniform(seed, place)',
    '            rank = min(int((p.cumsum(0) <= u).sum()), int((p > 0).sum()) - 1)',
    '            chosen = int(order[rank])',
    '            print(f"seed {seed}: u = {u:.4f} falls on id {chosen}, p = {p[rank]:.4f}")',
    '        input_ids = torch.cat([input_ids, torch.tensor([[chosen]])], dim=1)',
    'sequences = input_ids.tolist()',
    '',
    ...printed(model, 'sequences[0]'),
  ]
    .join('\n')
    .concat('\n')
}

/** core/random.ts in Python. */
const UNIFORM = `def uniform(seed, place):
    """The place-th number in [0, 1) of a seed: mulberry32, whose state is a counter."""
    state = (seed + (place + 1) * 0x6D2B79F5) & 0xFFFFFFFF
    t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
    t ^= (t + ((t ^ (t >> 7)) * (t | 61))) & 0xFFFFFFFF
    return (t ^ (t >> 14)) / 4294967296`

function opening(
  model: SnippetModel,
  imports: string,
  { ids, labels }: Omit<GenerateCall, 'arguments'>,
  ablated: GenerateDoc['ablated'],
): string[] {
  const { width, heads, modelType } = model.info
  return [
    '# pip install "transformers>=5" torch',
    'import torch',
    `from transformers import AutoTokenizer, ${imports}`,
    '',
    `MODEL = ${modelCode(model)}`,
    `model = AutoModelForCausalLM.from_pretrained(MODEL${revisionCode(model)}, dtype=torch.float32).eval()`,
    ...(ablated.length > 0 ? ['', silencedHeads(ablated, DENSE[modelType] ?? 'None', width / heads)] : []),
    '',
    `prompt = ${list(labels)}`,
    `input_ids = torch.tensor([${list(ids)}])`,
  ]
}

/** The output projection of the attention of layer `layer`. */
const DENSE: Readonly<Record<string, string>> = {
  gpt2: 'model.transformer.h[layer].attn.c_proj',
  llama: 'model.model.layers[layer].self_attn.o_proj',
}

function printed(model: SnippetModel, sequence: string): string[] {
  return [`print(AutoTokenizer.from_pretrained(MODEL${revisionCode(model)}).decode(${sequence}))`]
}

/** What the run did and the snippet does not. */
function leftOut(run: GenerateRun): string {
  const { doc, tokens } = run
  const moved = run.positions.some((position, row) => position !== row)
  const what = [
    !isPlain(doc) && 'the mask',
    tokens.some(({ start }) => start) && 'start vectors',
    moved && 'position ids',
    isInterleaved(doc) && 'tokens inserted behind what was written',
  ].filter((one) => one !== false)
  return what.length === 0 ? '' : `# Not in this snippet, so its numbers differ: ${what.join(', ')}.\n`
}

function isInterleaved({ sequence }: GenerateDoc): boolean {
  const tokens = active(sequence)
  const first = tokens.findIndex(({ origin }) => origin.type === 'written')
  return first >= 0 && tokens.slice(first).some(({ origin }) => origin.type !== 'written')
}

/** transformers takes floats only. */
function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

function pairs(draws: readonly Draw[]): string {
  const items = draws.map(([seed, chosen]) => `(${seed ?? 'None'}, ${chosen ?? 'None'})`)
  return `[${items.join(', ')}]`
}
