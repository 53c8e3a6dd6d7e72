/** What object detectors share: a class and a box for every query (Carion et al. 2020, "End-to-End Object Detection with Transformers"). */

import type { Ops, Tensor } from '../core/ops.ts'
import { labelsOf } from './config.ts'
import type { ForwardTensors, ModelInfo } from './model.ts'
import type { LinearWeights, WeightReader } from './weights.ts'

export interface DetectionHeads {
  classes: LinearWeights[]
  boxes: LinearWeights[]
}

const BOX = 4

interface ClassConfig {
  id2label?: Readonly<Record<string, string>>
  num_labels: number
}

/**
 * The heads under `class_labels_classifier` and `bbox_predictor`, where the checkpoint has them.
 * @param layers of the classifier; 1: a Linear layer without a number
 */
export function detectionHeads(
  config: ClassConfig,
  reader: WeightReader,
  width: number,
  layers: 1 | 3,
): DetectionHeads | undefined {
  if (!reader.has('bbox_predictor.layers.0.weight')) return undefined
  const classes = labelsOf(config).length + 1
  const mlp = (name: string, outputs: number) =>
    [0, 1, 2].map((l) => reader.linear(`${name}.layers.${l}`, width, l < 2 ? width : outputs))
  return {
    classes:
      layers === 1
        ? [reader.linear('class_labels_classifier', width, classes)]
        : mlp('class_labels_classifier', classes),
    boxes: mlp('bbox_predictor', BOX),
  }
}

/** What a detector tells of itself; its last class is that there is no object. */
export function detectionInfo(config: ClassConfig, queries: number): Pick<ModelInfo, 'detects'> {
  return { detects: { queries, classes: [...labelsOf(config), NO_OBJECT] } }
}

export const NO_OBJECT = 'no object'

/** @param x the queries' hidden states [1, Q, D] → classes [1, Q, K + 1], boxes [1, Q, 4]: centre, width and height in 0 … 1 */
export function detected(ops: Ops, x: Tensor, { classes, boxes }: DetectionHeads): ForwardTensors['logits'] {
  return { classes: mlp(ops, x, classes, 'none'), boxes: mlp(ops, x, boxes, 'sigmoid') }
}

/** What the heads make of every state of the queries, each [1, Q, D] after LayerNorm: `classes.0`, `boxes.0` and so on. */
export function detectedByLayer(ops: Ops, states: readonly Tensor[], heads: DetectionHeads): ForwardTensors['logits'] {
  return Object.fromEntries(
    states.flatMap((state, layer) =>
      Object.entries(detected(ops, state, heads)).map(([name, answer]) => [`${name}.${layer}`, answer]),
    ),
  )
}

/** relu between the layers. */
function mlp(ops: Ops, x: Tensor, layers: LinearWeights[], last: 'none' | 'sigmoid'): Tensor {
  return layers.reduce(
    (state, { weight, bias }, l) =>
      ops.linear(state, weight, bias, { activation: l === layers.length - 1 ? last : 'relu' }),
    x,
  )
}
