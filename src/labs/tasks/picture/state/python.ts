/**
 * "Copy as Python": a run as a snippet for PyTorch that gives the same numbers. transformers has no class for this type of ours, so the
 * snippet writes the model out: pre-LayerNorm blocks as in training/tasks/model.py.
 */

import { readable } from '../../../../sequence/mask.ts'
import { patchCount } from '../../../../sequence/patches.ts'
import { imageInput } from '../../../../sequence/run_input.ts'
import { LOAD_WEIGHTS, list, modelCode, SHOW } from '../../../../state/python.ts'
import { embeddedPicture, normaliseCode } from '../../../../state/python_pictures.ts'
import type { HeadChoice } from './readings.ts'
import { maskOf } from './reads.ts'
import { classNames, type PictureRun } from './run.ts'

/** So many classes are printed, as on the page. */
const SHOWN = 3

/** @param choice the head whose map the snippet prints */
export function pictureSnippet(run: PictureRun, { layer, head }: HeadChoice): string {
  const { model, doc, grid, tokens, seen } = run
  const names = classNames(model.info)
  const { sources, positions } = imageInput(doc.sequence, {
    classTokens: names.length,
    registers: 0,
    maxPositions: names.length + patchCount(grid),
  })
  const name = `layer ${layer + 1}, ${head === 'mean' ? 'mean of heads' : `head ${head + 1}`}`
  return [
    `# A run of CLSroom in PyTorch: ${name}.`,
    '# pip install torch safetensors pillow',
    'import base64',
    'import json',
    'from pathlib import Path',
    '',
    'import torch',
    'import torch.nn.functional as F',
    'from PIL import Image',
    'from safetensors.torch import load_file',
    '',
    `MODEL = ${modelCode(model)}`,
    LOAD_WEIGHTS,
    'config = json.loads(Path(MODEL, "config.json").read_text())',
    'layers, heads, eps = config["num_hidden_layers"], config["num_attention_heads"], config.get("layer_norm_eps", 1e-12)',
    'activation = {"gelu": F.gelu, "relu": F.relu, "silu": F.silu}[config.get("hidden_act", "gelu")]',
    '',
    ...embeddedPicture(seen, 'the photo turned, and its rim painted'),
    ...normaliseCode(model.preprocessor, seen),
    '',
    `tokens = ${list(tokens.map(({ label }) => label))}`,
    `sources = ${list(sources)}  # p is patch p, -1 - c class token c`,
    `positions = ${list(positions)}  # rows of the position table, -1: none`,
    ...readableCode(run),
    `silent = ${silentCode(doc.ablated)}  # heads that are switched off, by layer`,
    '',
    '',
    'def linear(x, name):',
    '    return F.linear(x, weights[f"{name}.weight"], weights.get(f"{name}.bias"))',
    '',
    '',
    'def norm(x, name):',
    '    return F.layer_norm(x, x.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"], eps)',
    '',
    '',
    'def attend(x, layer):',
    '    """x [T, D] → what is read [T, D], and the maps [H, T, T]; a masked key has probability 0."""',
    '    name = f"vit.encoder.layer.{layer}.attention"',
    '    q, k, v = (linear(x, f"{name}.attention.{part}").view(len(x), heads, -1).transpose(0, 1) for part in ("query", "key", "value"))',
    '    scores = q @ k.transpose(1, 2) / q.shape[-1] ** 0.5',
    '    maps = scores.masked_fill(~readable, float("-inf")).softmax(-1).nan_to_num()',
    '    context = maps @ v',
    '    context[silent.get(layer, [])] = 0',
    '    return linear(context.transpose(0, 1).reshape(x.shape), f"{name}.output.dense"), maps',
    '',
    '',
    'with torch.no_grad():',
    '    embeddings = "vit.embeddings"',
    '    filters, bias = (weights[f"{embeddings}.patch_embeddings.projection.{part}"] for part in ("weight", "bias"))',
    '    patches = F.conv2d(pixels[None], filters, bias, stride=config["patch_size"])[0].flatten(1).T  # [N, D]',
    '    table = weights[f"{embeddings}.position_embeddings"][0]',
    '    rows = [patches[s] if s >= 0 else weights[f"{embeddings}.cls_token"][0, -1 - s] for s in sources]',
    '    x = torch.stack([row + table[p] if p >= 0 else row for row, p in zip(rows, positions)])',
    '    attentions = []',
    '    for layer in range(layers):',
    '        name = f"vit.encoder.layer.{layer}"',
    '        read, maps = attend(norm(x, f"{name}.layernorm_before"), layer)',
    '        x = x + read',
    '        x = x + linear(activation(linear(norm(x, f"{name}.layernorm_after"), f"{name}.intermediate.dense")), f"{name}.output.dense")',
    '        attentions.append(maps)',
    '    x = norm(x, "vit.layernorm")',
    '    tasks = config["clsroom"]["heads"]',
    '    asked = {task: -1 - head["token"] for task, head in tasks.items()}  # a task whose token is gone has no answer',
    '    logits = {task: linear(x[sources.index(of)], f"heads.{task}") for task, of in asked.items() if of in sources}',
    '',
    `attention = attentions[${layer}]${head === 'mean' ? '.mean(0)' : `[${head}]`}  # [T, T] of ${name}: row = query, column = key`,
    'best = attention[0].topk(min(5, len(tokens)))',
    'print(tokens[0], "reads", *(f"{tokens[i]} {p:.3f}" for p, i in zip(best.values, best.indices)))',
    '',
    '',
    SHOW,
    '',
    '',
    'for task, found in logits.items():',
    `    show(task, found.softmax(-1), tasks[task]["labels"], ${SHOWN})`,
  ]
    .join('\n')
    .concat('\n')
}

/** Which key each query may read: columns that nobody reads first, then single cells. */
function readableCode({ doc, tokens }: PictureRun): string[] {
  const mayRead = readable(doc.sequence, maskOf(doc.sequence, doc.reads))
  const places = tokens.map((_, place) => place)
  const unread = places.filter((key) => places.every((query) => !mayRead(0, query, key)))
  const cells = places.flatMap((query) =>
    places
      .filter((key) => !unread.includes(key) && !mayRead(0, query, key))
      .map((key): [number, number] => [query, key]),
  )
  return [
    'readable = torch.ones(len(tokens), len(tokens), dtype=torch.bool)',
    ...(unread.length > 0 ? [`readable[:, ${list(unread)}] = False  # keys that nobody reads`] : []),
    ...(cells.length > 0
      ? [
          `queries = ${list(cells.map(([query]) => query))}`,
          `keys = ${list(cells.map(([, key]) => key))}`,
          'readable[queries, keys] = False  # single cells',
        ]
      : []),
  ]
}

function silentCode(ablated: PictureRun['doc']['ablated']): string {
  const byLayer = new Map<number, number[]>()
  for (const [layer, head] of ablated) byLayer.set(layer, [...(byLayer.get(layer) ?? []), head])
  return `{${[...byLayer].map(([layer, heads]) => `${layer}: [${heads.join(', ')}]`).join(', ')}}`
}
