/** Reading weights by name, checked, and in the layouts the kernels want. */

import { ClsroomError } from '../core/errors.ts'
import type { WeightArray, Weights } from '../core/model.ts'
import type { Backend, Tensor } from '../core/ops.ts'
import { expectShape, type Shape } from '../core/shapes.ts'

/**
 * Puts a checkpoint's weights on a backend. Every tensor it made is in `tensors`, so a model can be freed whole.
 */
export class WeightReader {
  readonly tensors: Tensor[] = []
  private readonly weights: Weights
  private readonly read = new Set<string>()
  private readonly backend: Backend

  constructor(weights: Weights, backend: Backend) {
    this.weights = new Map([...weights].map(([name, array]) => [name.replace(WRAPPERS, ''), array]))
    this.backend = backend
  }

  /** Numbers in the whole checkpoint. */
  get parameters(): number {
    return [...this.weights.values()].reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  }

  /** Where nothing of that name was read: the first parts of names, such as `classifier`, or the first two of `cls.<head>`. */
  get unread(): string[] {
    const head = (name: string) => /^(?:cls\.)?[^.]+/.exec(name)?.[0] ?? name
    const read = new Set([...this.read].map(head))
    return [...new Set([...this.weights.keys()].map(head))].filter((name) => !read.has(name))
  }

  /** The first of these names that is stored; the first of all where none is. */
  first(...names: string[]): string {
    return names.find((name) => this.has(name)) ?? (names[0] as string)
  }

  has(name: string): boolean {
    return this.weights.has(name)
  }

  /** The array stored under `name`, or under TensorFlow's old LayerNorm names. Throws `config` when absent, of another shape, or not finite. */
  array(name: string, shape: Shape): WeightArray {
    const stored = this.has(name) ? name : oldName(name)
    const found = this.weights.get(stored)
    if (!found) {
      throw new ClsroomError('config', `The weight "${name}" is missing`, {
        found: `${this.weights.size} tensors, such as ${[...this.weights.keys()].slice(0, 3).join(', ')}`,
        expected: 'every tensor that config.json implies',
        advice: 'Check that config.json and model.safetensors belong together',
      })
    }
    expectShape(`The weight "${name}"`, found.shape, shape)
    expectFinite(name, found.data)
    this.read.add(stored)
    return found
  }

  tensor(name: string, shape: Shape): Tensor {
    return this.constant(shape, this.array(name, shape).data)
  }

  /**
   * A Linear layer stored as weight [O, I], bias [O], as weight [I, O] and bias [O]; no stored bias means zeros.
   * @param scale [O]: what its outputs are multiplied with
   */
  linear(name: string, inputs: number, outputs: number, { scale }: { scale?: Float32Array } = {}): LinearWeights {
    if (!scale) return this.packed([name], inputs, outputs)
    const weight = this.array(`${name}.weight`, [outputs, inputs]).data
    const bias = this.has(`${name}.bias`) ? this.array(`${name}.bias`, [outputs]).data : new Float32Array(outputs)
    const scaled = weight.map((value, i) => value * (scale[Math.floor(i / inputs)] as number))
    const columns = new Float32Array(inputs * outputs)
    transposeInto(columns, scaled, inputs, outputs, outputs, 0)
    return {
      weight: this.constant([inputs, outputs], columns),
      bias: this.constant(
        [outputs],
        bias.map((value, o) => value * (scale[o] as number)),
      ),
    }
  }

  /** A Linear layer on several inputs side by side, as one for each of them; the bias belongs to the first. */
  split(name: string, inputs: number[], outputs: number): LinearWeights[] {
    const rows = inputs.reduce((sum, width) => sum + width, 0)
    const whole = new Float32Array(rows * outputs)
    transposeInto(whole, this.array(`${name}.weight`, [outputs, rows]).data, rows, outputs, outputs, 0)
    let row = 0
    return inputs.map((width, n) => {
      const weight = whole.slice(row * outputs, (row + width) * outputs)
      row += width
      const own = n === 0 && this.has(`${name}.bias`)
      const bias = own ? this.array(`${name}.bias`, [outputs]).data : new Float32Array(outputs)
      return { weight: this.constant([width, outputs], weight), bias: this.constant([outputs], bias) }
    })
  }

  /**
   * Several Linear layers on the same input, side by side: weight [I, ΣO], bias [ΣO].
   * @param names null: zeros stand in its place
   * @param outputs of each, or of all
   * @param hasBias false: without what is stored
   */
  packed(names: (string | null)[], inputs: number, outputs: number | number[], hasBias = true): LinearWeights {
    const widths = names.map((_, n) => (typeof outputs === 'number' ? outputs : (outputs[n] as number)))
    const columns = widths.reduce((sum, width) => sum + width, 0)
    const weight = new Float32Array(inputs * columns)
    const bias = new Float32Array(columns)
    let offset = 0
    names.forEach((name, n) => {
      const width = widths[n] as number
      if (name !== null) {
        transposeInto(weight, this.array(`${name}.weight`, [width, inputs]).data, inputs, width, columns, offset)
        if (hasBias && this.has(`${name}.bias`)) bias.set(this.array(`${name}.bias`, [width]).data, offset)
      }
      offset += width
    })
    return { weight: this.constant([inputs, columns], weight), bias: this.constant([columns], bias) }
  }

  /** @param hasBias false: the checkpoint stores none, and it counts as zeros */
  layerNorm(name: string, width: number, hasBias = true): NormWeights {
    const bias = hasBias ? this.tensor(`${name}.bias`, [width]) : this.constant([width], new Float32Array(width))
    return { weight: this.tensor(`${name}.weight`, [width]), bias }
  }

  /** A Linear layer stored input-major, as GPT-2's Conv1D is: weight [I, O], bias [O]. */
  inputMajor(name: string, inputs: number, outputs: number): LinearWeights {
    return {
      weight: this.tensor(`${name}.weight`, [inputs, outputs]),
      bias: this.tensor(`${name}.bias`, [outputs]),
    }
  }

  /** RMSNorm, whose only weight is its scale. */
  rmsNorm(name: string, width: number): NormWeights {
    return { weight: this.tensor(`${name}.weight`, [width]) }
  }

  /**
   * An embedding table [V, D] as a Linear layer without bias, which turns hidden states into logits (tied weights).
   * @param scale what its logits are multiplied with
   */
  unembedding(name: string, rows: number, columns: number, scale = 1): LinearWeights {
    const out = new Float32Array(rows * columns)
    transposeInto(out, this.array(name, [rows, columns]).data, columns, rows, rows, 0)
    if (scale !== 1) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * scale
    return { weight: this.constant([columns, rows], out), bias: this.constant([rows], new Float32Array(rows)) }
  }

  /** An embedding table [V, D] as the matrix [D, V] that turns hidden states into logits (tied weights). */
  transposed(name: string, rows: number, columns: number): Tensor {
    const out = new Float32Array(rows * columns)
    transposeInto(out, this.array(name, [rows, columns]).data, columns, rows, rows, 0)
    return this.constant([columns, rows], out)
  }

  constant(shape: Shape, data: Float32Array): Tensor {
    const tensor = this.backend.constant(shape, data)
    this.tensors.push(tensor)
    return tensor
  }
}

export interface LinearWeights {
  weight: Tensor
  bias: Tensor
}

/** Of LayerNorm; without a bias, of RMSNorm. */
export interface NormWeights {
  weight: Tensor
  bias?: Tensor
}

/** What training loops and wrappers put before a model's own names. */
const WRAPPERS = /^(?:module\.|model\.|0\.auto_model\.)+/

/** Every answer of a model with such a weight would be NaN. */
function expectFinite(name: string, data: Float32Array): void {
  const at = data.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  throw new ClsroomError('config', `The weight "${name}" holds a value that is not a number`, {
    found: `${data[at]} at place ${at}`,
    expected: 'finite numbers',
    advice:
      'The training diverged, or the number format was too narrow: save the model again from an earlier step or in F32',
  })
}

/** Checkpoints converted from TensorFlow call LayerNorm's weight and bias gamma and beta. */
function oldName(name: string): string {
  return name.replace(/LayerNorm\.weight$/, 'LayerNorm.gamma').replace(/LayerNorm\.bias$/, 'LayerNorm.beta')
}

/** Writes source [O, I] into target [I, columns] at column `offset`. */
function transposeInto(
  target: Float32Array,
  source: Float32Array,
  inputs: number,
  outputs: number,
  columns: number,
  offset: number,
): void {
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) target[i * columns + offset + o] = source[o * inputs + i] as number
  }
}
