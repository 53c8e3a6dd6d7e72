/** Reading weights by name, checked, and in the layouts the kernels want. */

import { Halves } from '../core/dtypes.ts'
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
    expectFinite(name, found)
    this.read.add(stored)
    return found
  }

  /** In f32. */
  tensor(name: string, shape: Shape): Tensor {
    return this.constant(shape, this.array(name, shape).data)
  }

  /** At half the width where it is f16 or bf16: for the weight of `linear` and the words of `embedTokens`. */
  asStored({ shape, halves, data }: WeightArray): Tensor {
    return this.constant(shape, halves ?? data)
  }

  /**
   * A Linear layer stored as weight [O, I], bias [O], as weight [I, O] and bias [O]; no stored bias means zeros.
   * @param scale [O]: what its outputs are multiplied with
   */
  linear(name: string, inputs: number, outputs: number, { scale }: { scale?: Float32Array } = {}): LinearWeights {
    if (!scale) return this.packed([name], inputs, outputs)
    const weight = this.array(`${name}.weight`, [outputs, inputs]).data
    const bias = this.has(`${name}.bias`) ? this.array(`${name}.bias`, [outputs]).data : new Float32Array(outputs)
    const data = weight.map((value, i) => value * (scale[Math.floor(i / inputs)] as number))
    return {
      weight: this.constant([inputs, outputs], sideBySide([{ shape: [outputs, inputs], data }], inputs, [outputs])),
      bias: this.constant(
        [outputs],
        bias.map((value, o) => value * (scale[o] as number)),
      ),
    }
  }

  /** A Linear layer on several inputs side by side, as one for each of them; the bias belongs to the first. */
  split(name: string, inputs: number[], outputs: number): LinearWeights[] {
    const rows = inputs.reduce((sum, width) => sum + width, 0)
    const whole = sideBySide([this.array(`${name}.weight`, [outputs, rows])], rows, [outputs])
    let row = 0
    return inputs.map((width, n) => {
      const weight = sliced(whole, row * outputs, (row + width) * outputs)
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
    const bias = new Float32Array(columns)
    let offset = 0
    const matrices = names.map((name, n) => {
      const width = widths[n] as number
      const matrix = name === null ? null : this.array(`${name}.weight`, [width, inputs])
      if (hasBias && this.has(`${name}.bias`)) bias.set(this.array(`${name}.bias`, [width]).data, offset)
      offset += width
      return matrix
    })
    const weight = sideBySide(matrices, inputs, widths)
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
      weight: this.asStored(this.array(`${name}.weight`, [inputs, outputs])),
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
    const bias = this.constant([rows], new Float32Array(rows))
    if (scale === 1) return { weight: this.transposed(name, rows, columns), bias }
    const data = this.array(name, [rows, columns]).data.map((value) => value * scale)
    return {
      weight: this.constant([columns, rows], sideBySide([{ shape: [rows, columns], data }], columns, [rows])),
      bias,
    }
  }

  /** An embedding table [V, D] as the matrix [D, V] that turns hidden states into logits (tied weights). */
  transposed(name: string, rows: number, columns: number): Tensor {
    return this.constant([columns, rows], sideBySide([this.array(name, [rows, columns])], columns, [rows]))
  }

  constant(shape: Shape, data: Float32Array | Halves): Tensor {
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
function expectFinite(name: string, array: WeightArray): void {
  const at = array.halves ? array.halves.firstNotFinite() : array.data.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  throw new ClsroomError('config', `The weight "${name}" holds a value that is not a number`, {
    found: `${array.data[at]} at place ${at}`,
    expected: 'finite numbers',
    advice:
      'The training diverged, or the number format was too narrow: save the model again from an earlier step or in F32',
  })
}

/** Checkpoints converted from TensorFlow call LayerNorm's weight and bias gamma and beta. */
function oldName(name: string): string {
  return name.replace(/LayerNorm\.weight$/, 'LayerNorm.gamma').replace(/LayerNorm\.bias$/, 'LayerNorm.beta')
}

/** Matrices [O, I] as one [I, ΣO], of the format that all of them are stored in, else in f32; null: zeros. */
function sideBySide(matrices: (WeightArray | null)[], inputs: number, widths: number[]): Float32Array | Halves {
  const columns = widths.reduce((sum, width) => sum + width, 0)
  const given = matrices.filter((matrix) => matrix !== null)
  const format = given[0]?.halves?.format
  const all = format && given.every(({ halves }) => halves?.format === format)
  const fill = <A extends Float32Array | Uint16Array>(target: A, numbersOf: (matrix: WeightArray) => A): A => {
    let offset = 0
    matrices.forEach((matrix, n) => {
      const width = widths[n] as number
      if (matrix) transposeInto(target, numbersOf(matrix), inputs, width, columns, offset)
      offset += width
    })
    return target
  }
  if (!all) return fill(new Float32Array(inputs * columns), ({ data }) => data)
  return new Halves(
    format,
    fill(new Uint16Array(inputs * columns), ({ halves }) => (halves as Halves).bits as Uint16Array<ArrayBuffer>),
  )
}

function sliced(numbers: Float32Array | Halves, from: number, to: number): Float32Array | Halves {
  if (numbers instanceof Halves) return new Halves(numbers.format, numbers.bits.slice(from, to))
  return numbers.slice(from, to)
}

/** Writes source [O, I] into target [I, columns] at column `offset`. */
function transposeInto<A extends Float32Array | Uint16Array>(
  target: A,
  source: A,
  inputs: number,
  outputs: number,
  columns: number,
  offset: number,
): void {
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) target[i * columns + offset + o] = source[o * inputs + i] as number
  }
}
