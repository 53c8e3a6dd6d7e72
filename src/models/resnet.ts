/**
 * ResNet as a backbone: what a picture looks like after its last stage (He et al. 2016, "Deep Residual Learning for Image Recognition";
 * transformers' ResNetBackbone, timm's resnet). Batch norms are frozen and folded into the filters when they are read:
 *
 *   γ · (w ⋆ x − mean) / √(variance + ε) + β = (γ / √(variance + ε) · w) ⋆ x + (β − γ · mean / √(variance + ε))
 */

import { z } from 'zod'
import type { Activation, Ops, Tensor } from '../core/ops.ts'
import { activationName, activationOf, size } from './config.ts'
import type { WeightReader } from './weights.ts'

/** Defaults are those of transformers' ResNetConfig. */
export const resnetConfig = z
  .object({
    num_channels: size(16).default(3),
    embedding_size: size(16_384).default(64),
    hidden_sizes: z.array(size(65_536)).min(1).max(16).default([256, 512, 1024, 2048]),
    depths: z.array(size(256)).min(1).max(16).default([3, 4, 6, 3]),
    layer_type: z.enum(['basic', 'bottleneck']).default('bottleneck'),
    hidden_act: activationName.default('relu'),
    downsample_in_first_stage: z.boolean().default(false),
    downsample_in_bottleneck: z.boolean().default(false),
    out_features: z.array(z.string()).optional(),
    out_indices: z.array(z.int()).optional(),
  })
  .refine((config) => config.hidden_sizes.length === config.depths.length, {
    path: ['depths'],
    error: 'as many as hidden_sizes',
  })
export type ResNetConfig = z.infer<typeof resnetConfig>

const basic = { layer_type: 'basic', hidden_sizes: [64, 128, 256, 512] } as const
/** The published sizes by timm's names; all of them have the same stem. */
export const TIMM_SIZES: Readonly<Record<string, Partial<z.input<typeof resnetConfig>>>> = {
  resnet18: { ...basic, hidden_sizes: [...basic.hidden_sizes], depths: [2, 2, 2, 2] },
  resnet34: { ...basic, hidden_sizes: [...basic.hidden_sizes], depths: [3, 4, 6, 3] },
  resnet50: { depths: [3, 4, 6, 3] },
  resnet101: { depths: [3, 4, 23, 3] },
  resnet152: { depths: [3, 8, 36, 3] },
}

const BATCH_NORM_EPS = 1e-5
const REDUCTION = 4

interface Convolution {
  weight: Tensor
  bias: Tensor
  stride: number
  padding: number
}

interface ResidualLayer {
  shortcut?: Convolution
  convolutions: Convolution[]
}

/** How two libraries name the same convolutions and batch norms. */
interface Names {
  stem: [convolution: string, norm: string]
  layer(stage: number, layer: number, part: number): [convolution: string, norm: string]
  shortcut(stage: number, layer: number): [convolution: string, norm: string]
}

const both = (name: string): [string, string] => [`${name}.convolution`, `${name}.normalization`]
const TRANSFORMERS: Names = {
  stem: both('embedder.embedder'),
  layer: (stage, layer, part) => both(`encoder.stages.${stage}.layers.${layer}.layer.${part}`),
  shortcut: (stage, layer) => both(`encoder.stages.${stage}.layers.${layer}.shortcut`),
}
const TIMM: Names = {
  stem: ['conv1', 'bn1'],
  layer: (stage, layer, part) => [
    `layer${stage + 1}.${layer}.conv${part + 1}`,
    `layer${stage + 1}.${layer}.bn${part + 1}`,
  ],
  shortcut: (stage, layer) => [`layer${stage + 1}.${layer}.downsample.0`, `layer${stage + 1}.${layer}.downsample.1`],
}

export class ResNet {
  /** How many channels its last stage gives, and how many pixels lie under one place of it. */
  readonly channels: number
  readonly stride: number
  private readonly activation: Activation
  private readonly stem: Convolution
  private readonly layers: ResidualLayer[] = []

  constructor(config: ResNetConfig, reader: WeightReader, prefix: string) {
    const names = reader.has(`${prefix}conv1.weight`) ? TIMM : TRANSFORMERS
    const read = ([convolution, norm]: [string, string], shape: [number, number, number], stride: number) =>
      folded(reader, prefix + convolution, prefix + norm, shape, stride)
    this.activation = activationOf(config.hidden_act)
    this.stem = read(names.stem, [config.embedding_size, config.num_channels, 7], 2)
    this.stride = 4
    let inputs = config.embedding_size
    for (let stage = 0; stage < lastStage(config); stage++) {
      const outputs = config.hidden_sizes[stage] as number
      const first = stage > 0 || config.downsample_in_first_stage ? 2 : 1
      this.stride *= first
      for (let layer = 0; layer < (config.depths[stage] as number); layer++) {
        const stride = layer === 0 ? first : 1
        this.layers.push({
          ...((inputs !== outputs || stride > 1) && {
            shortcut: read(names.shortcut(stage, layer), [outputs, inputs, 1], stride),
          }),
          convolutions: shapesOf(config, inputs, outputs, stride).map(([shape, step], part) =>
            read(names.layer(stage, layer, part), shape, step),
          ),
        })
        inputs = outputs
      }
    }
    this.channels = inputs
  }

  /** pixels [1, C, Hpx, Wpx] → [1, channels, ⌈Hpx / stride⌉, ⌈Wpx / stride⌉] */
  forward(ops: Ops, pixels: Tensor): Tensor {
    const first = convolve(ops, pixels, this.stem, this.activation)
    let x = ops.maxPool2d(first, { size: 3, stride: 2, padding: 1 })
    ops.release(first)
    for (const layer of this.layers) {
      const before = x
      x = this.residual(ops, x, layer)
      ops.release(before)
    }
    return x
  }

  /** activation(convolutions(x) + shortcut(x)) */
  private residual(ops: Ops, x: Tensor, { shortcut, convolutions }: ResidualLayer): Tensor {
    const residual = shortcut ? convolve(ops, x, shortcut, 'none') : x
    let inner = x
    convolutions.forEach((convolution, part) => {
      const before = inner
      const last = part === convolutions.length - 1
      inner = convolve(ops, inner, convolution, this.activation, last ? residual : undefined)
      if (before !== x) ops.release(before)
    })
    if (residual !== x) ops.release(residual)
    return inner
  }
}

/** How many stages are run: up to the last one that the config gives out. */
function lastStage({ depths, out_features, out_indices }: ResNetConfig): number {
  const named = out_features?.at(-1) ? Number(/^stage(\d+)$/.exec(out_features.at(-1) as string)?.[1]) : undefined
  const last = named ?? out_indices?.at(-1) ?? depths.length
  const counted = last < 0 ? depths.length + 1 + last : last
  return Number.isInteger(counted) ? Math.min(Math.max(counted, 0), depths.length) : depths.length
}

/** The filters [O, C, K × K] of one residual layer, with their strides. */
function shapesOf(
  { layer_type, downsample_in_bottleneck }: ResNetConfig,
  inputs: number,
  outputs: number,
  stride: number,
): [shape: [number, number, number], stride: number][] {
  if (layer_type === 'basic') {
    return [
      [[outputs, inputs, 3], stride],
      [[outputs, outputs, 3], 1],
    ]
  }
  const narrow = Math.floor(outputs / REDUCTION)
  return [
    [[narrow, inputs, 1], downsample_in_bottleneck ? stride : 1],
    [[narrow, narrow, 3], downsample_in_bottleneck ? 1 : stride],
    [[outputs, narrow, 1], 1],
  ]
}

/** @param shape O, C and the side of the filters */
function folded(
  reader: WeightReader,
  convolution: string,
  norm: string,
  [O, C, K]: [number, number, number],
  stride: number,
): Convolution {
  const filters = reader.array(`${convolution}.weight`, [O, C, K, K]).data
  const [gamma, beta, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
    (part) => reader.array(`${norm}.${part}`, [O]).data,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array]
  const scale = gamma.map((value, o) => value / Math.sqrt((variance[o] as number) + BATCH_NORM_EPS))
  const size = C * K * K
  return {
    weight: reader.constant(
      [O, C, K, K],
      filters.map((value, i) => value * (scale[Math.floor(i / size)] as number)),
    ),
    bias: reader.constant(
      [O],
      beta.map((value, o) => value - (mean[o] as number) * (scale[o] as number)),
    ),
    stride,
    padding: Math.floor(K / 2),
  }
}

function convolve(
  ops: Ops,
  x: Tensor,
  { weight, bias, stride, padding }: Convolution,
  activation: Activation,
  residual?: Tensor,
): Tensor {
  return ops.conv2d(x, weight, bias, {
    stride: [stride, stride],
    padding: [padding, padding],
    activation,
    ...(residual && { residual }),
  })
}
