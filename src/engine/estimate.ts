/** What a model will take, by its config.json alone: asked before its weights are downloaded. */

import { bytesPerNumber, Halves } from '../core/dtypes.ts'
import { ClsroomError } from '../core/errors.ts'
import type { WeightArray } from '../core/model.ts'
import type { Backend, DType, Ops, Tensor } from '../core/ops.ts'
import { numel, type Shape } from '../core/shapes.ts'
import { plannedBytes } from '../kernels/plan.ts'
import type { Tuning } from '../kernels/tuning.ts'
import { buildOf } from '../models/index.ts'
import type { ImageInput, Model, ModelInput, TextInput } from '../models/model.ts'
import { type LinearWeights, WeightReader } from '../models/weights.ts'
import { imageInput, textInput, tokensOf } from './forward.ts'
import type { Estimate } from './protocol.ts'

/** A text of this length stands for what people type. */
const TOKENS = 128

/**
 * @param raw the parsed config.json
 * @param kind of the backend: the GPU alone keeps weights in halves
 * @throws ClsroomError `unsupported` or `config` where the model does not run here
 */
export async function estimate(raw: unknown, tuning: Tuning, kind: Backend['kind']): Promise<Estimate> {
  const build = await buildOf(raw)
  const weights = new PlannedWeights(architecturesOf(raw), kind === 'webgpu' ? storedIn(raw) : 'f32')
  const model = build(weights)
  const { info } = model
  const input = plannedInput(model)
  const captureHeads = Array.from({ length: info.layers }, () => Array.from({ length: info.heads }, (_, head) => head))
  const forward = (ops: Ops) => {
    const out = model.forward(ops, input, { captureHeads, poolings: true })
    return [
      ...out.hiddenStates,
      ...out.attentions,
      ...(out.memoryAttentions ?? []),
      ...Object.values(out.logits),
      ...Object.values(out.poolings),
    ].filter((tensor): tensor is Tensor => tensor !== null)
  }
  return {
    info,
    parameters: weights.parameters,
    weightBytes: weights.bytes,
    runBytes: plannedBytes(forward, tuning),
    tokens: tokensOf(input),
  }
}

/** A text and a picture where the model reads both. */
function plannedInput(model: Model): ModelInput {
  const { towers } = model
  if (!towers) return soleInput(model)
  return { kind: 'pair', text: soleInput(towers.text) as TextInput, image: soleInput(towers.image) as ImageInput }
}

function soleInput(model: Model): TextInput | ImageInput {
  const { info } = model
  if (info.modality === 'text') {
    return textInput(info, { kind: 'text', ids: new Array(Math.min(TOKENS, info.maxTokens)).fill(0) })
  }
  const { size, channels } = info.image ?? { size: [1, 1] as const, channels: 1 }
  const dims: [number, number, number] = [channels, size[0], size[1]]
  return imageInput(model, { kind: 'image', pixels: { dims, data: new Float32Array(numel(dims)) } })
}

function architecturesOf(raw: unknown): string[] {
  const given = (raw as { architectures?: unknown } | null)?.architectures
  return Array.isArray(given) ? given.filter((name) => typeof name === 'string') : []
}

/** What config.json says that the weights are stored in: `dtype`, as `torch_dtype` is called since transformers 4.56. */
function storedIn(raw: unknown): 'f32' | Halves['format'] {
  const config = raw as { dtype?: unknown; torch_dtype?: unknown } | null
  const name = config?.dtype ?? config?.torch_dtype
  return name === 'float16' ? 'f16' : name === 'bfloat16' ? 'bf16' : 'f32'
}

/** Weights whose shapes are known and whose numbers are not: what reads them makes tensors without content. */
class PlannedWeights extends WeightReader {
  /** What the tensors will take on a GPU. */
  bytes = 0
  private readonly sizes = new Map<string, number>()
  private readonly architectures: readonly string[]
  private readonly format: 'f32' | Halves['format']

  constructor(architectures: readonly string[], format: 'f32' | Halves['format']) {
    super(new Map(), NOWHERE)
    this.architectures = architectures
    this.format = format
  }

  override get parameters(): number {
    return [...this.sizes.values()].reduce((sum, size) => sum + size, 0)
  }

  override get unread(): string[] {
    return []
  }

  /** Heads are there by the class that saved the checkpoint; everything else is. */
  override has(name: string): boolean {
    const rule = HEADS.find(([names]) => names.test(name))
    return !rule || this.architectures.some((architecture) => rule[1].test(architecture))
  }

  override array(name: string, shape: Shape): WeightArray {
    this.sizes.set(name, numel(shape))
    // Small ones are looked at while a model is put together; no numbers of large ones are.
    const data = new Float32Array(numel(shape) <= LOOKED_AT ? numel(shape) : 0)
    return { shape, data, halves: this.format === 'f32' ? undefined : new Halves(this.format, new Uint16Array(0)) }
  }

  override packed(names: string[], inputs: number, outputs: number | number[]): LinearWeights {
    const widths = names.map((_, n) => (typeof outputs === 'number' ? outputs : (outputs[n] as number)))
    names.forEach((name, n) => {
      this.array(`${name}.weight`, [widths[n] as number, inputs])
      this.array(`${name}.bias`, [widths[n] as number])
    })
    const columns = widths.reduce((sum, width) => sum + width, 0)
    return { weight: this.planned([inputs, columns], this.format), bias: this.planned([columns]) }
  }

  override linear(name: string, inputs: number, outputs: number, { scale }: { scale?: Float32Array } = {}) {
    const { weight, bias } = this.packed([name], inputs, outputs)
    if (!scale) return { weight, bias }
    this.bytes -= bytesOf(weight)
    return { weight: this.planned([inputs, outputs]), bias }
  }

  override split(name: string, inputs: number[], outputs: number): LinearWeights[] {
    this.array(`${name}.weight`, [outputs, inputs.reduce((sum, width) => sum + width, 0)])
    return inputs.map((width) => ({
      weight: this.planned([width, outputs], this.format),
      bias: this.planned([outputs]),
    }))
  }

  override transposed(name: string, rows: number, columns: number): Tensor {
    this.array(name, [rows, columns])
    return this.planned([columns, rows], this.format)
  }

  override unembedding(name: string, rows: number, columns: number, scale = 1): LinearWeights {
    this.array(name, [rows, columns])
    return {
      weight: this.planned([columns, rows], scale === 1 ? this.format : 'f32'),
      bias: this.planned([rows]),
    }
  }

  override constant(shape: Shape, data: Float32Array | Halves): Tensor {
    return this.planned(shape, data instanceof Halves ? data.format : 'f32')
  }

  private planned(shape: Shape, dtype: DType = 'f32'): Tensor {
    const tensor = { shape, dtype }
    this.bytes += bytesOf(tensor)
    return tensor
  }
}

/** What a constant takes on a GPU: never nothing, and whole chunks. */
function bytesOf({ shape, dtype }: Tensor): number {
  return Math.max(16, Math.ceil((numel(shape) * bytesPerNumber(dtype)) / 16) * 16)
}

/** Numbers of an array that is filled with zeros. */
const LOOKED_AT = 2 ** 22

/** Names of heads, and the classes that bring them. */
const HEADS: readonly [names: RegExp, architectures: RegExp][] = [
  [/^(cls\.predictions|lm_head|vocab_|generator_|predictions|decoder)\b/, /MaskedLM|PreTraining|LMHead|CausalLM/],
  [/^(cls\.seq_relationship|sop_classifier|discriminator_predictions)\b/, /PreTraining|NextSentence/],
  [/^(classifier\.(dense|out_proj)|pre_classifier)\b/, /SequenceClassification/],
  [/^(cls|distillation)_classifier\b/, /WithTeacher/],
  [/^classifier\b/, /Classification$|QuestionAnswering/],
  [/^qa_outputs\b/, /QuestionAnswering/],
]

/** Where nothing is put. */
const NOWHERE: Backend = {
  kind: 'cpu',
  constant: (shape) => ({ shape, dtype: 'f32' }),
  session() {
    throw new ClsroomError('internal', 'Planned weights cannot be run')
  },
  free() {},
  stats: () => ({ bytes: 0, pipelines: 0 }),
}
