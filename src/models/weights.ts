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

  /** A Linear layer stored as weight [O, I], bias [O], as weight [I, O] and bias [O]; no stored bias means zeros. */
  linear(name: string, inputs: number, outputs: number): LinearWeights {
    return this.packed([name], inputs, outputs)
  }

  /** Several Linear layers on the same input, side by side: weight [I, n·O], bias [n·O]. */
  packed(names: string[], inputs: number, outputs: number): LinearWeights {
    const columns = names.length * outputs
    const weight = new Float32Array(inputs * columns)
    const bias = new Float32Array(columns)
    names.forEach((name, n) => {
      transposeInto(weight, this.array(`${name}.weight`, [outputs, inputs]).data, inputs, outputs, columns, n * outputs)
      if (this.has(`${name}.bias`)) bias.set(this.array(`${name}.bias`, [outputs]).data, n * outputs)
    })
    return { weight: this.constant([inputs, columns], weight), bias: this.constant([columns], bias) }
  }

  layerNorm(name: string, width: number): NormWeights {
    return { weight: this.tensor(`${name}.weight`, [width]), bias: this.tensor(`${name}.bias`, [width]) }
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

export interface NormWeights {
  weight: Tensor
  bias: Tensor
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
