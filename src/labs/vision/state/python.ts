/** "Copy as Python": a vision run as a snippet for transformers that gives the same numbers. */

import { maskBit } from '../../../core/mask.ts'
import type { StartVector } from '../../../core/tokens.ts'
import { shuffledRows } from '../../../engine/position_table.ts'
import type { PositionTable } from '../../../engine/protocol.ts'
import { cropRect } from '../../../loaders/image_crop.ts'
import { resizedSize } from '../../../loaders/preprocessor.ts'
import { toMask } from '../../../sequence/mask.ts'
import { imageInput } from '../../../sequence/run_input.ts'
import {
  attentionOf,
  LOAD_WEIGHTS,
  list,
  literal,
  maskCode,
  modelCode,
  NORMAL_VECTOR,
  ownHeadsCode,
  revisionCode,
  SHOW,
  scoresCode,
  silencedHeads,
} from '../../../state/python.ts'
import { embeddedPicture, isEmbeddable, normaliseCode, openedFile } from '../../../state/python_pictures.ts'
import { type VisionClass, visionClass } from './python_classes.ts'
import { aspectOf, gridOf, leadingTokens, positionRows, unedited, type VisionRun } from './run.ts'

/** So many classes are printed, as on the page. */
const SHOWN = 3

/** @param choice the head whose map the snippet prints */
export function visionSnippet(run: VisionRun, choice: { layer: number; head: number | 'mean' }): string {
  const { model, doc, tokens } = run
  const { layers, heads, width, labels } = model.info
  const leading = leadingTokens(model)
  const kind = visionClass(model)
  const input = imageInput(doc.sequence, { ...leading, maxPositions: positionRows(model, run.grid) })
  const attention = attentionOf(choice.layer, choice.head)
  const picture = pictureCode(run)
  const plain = isPlain(run, input.sources, kind)
  const packed = toMask(doc.sequence, doc.mask, layers)
  const mask = maskCode(packed, tokens.length, choice.layer)
  const masked =
    !tokens.every((_, query) => tokens.every((__, key) => maskBit(packed.bits, tokens.length, query, key))) ||
    packed.layers > 1
  const ownHeads = Object.keys(labels).some((head) => !OF_TRANSFORMERS.includes(head))
  const reads = ownHeads || (kind.ownRegisters && !plain)
  const draws = input.extras.some(({ type }) => type === 'normal')
  return [
    `# A run of CLSroom in transformers: ${attention.name}.`,
    '# pip install "transformers>=5.23" torch pillow',
    picture.embedded && 'import base64',
    ownHeads && 'import json',
    draws && 'import math',
    ownHeads && 'from pathlib import Path',
    '',
    'import torch',
    picture.embedded ? 'from PIL import Image' : 'from PIL import Image, ImageOps',
    reads && 'from safetensors.torch import load_file',
    `from transformers import ${kind.name}`,
    '',
    `MODEL = ${modelCode(model)}`,
    `model = ${kind.name}.from_pretrained(MODEL${revisionCode(model)}, dtype=torch.float32, attn_implementation="eager").eval()`,
    reads && LOAD_WEIGHTS,
    '',
    ...picture.lines,
    ...normaliseCode(model.preprocessor, run.seen),
    '',
    `tokens = ${list(tokens.map(({ label }) => label))}`,
    ...(plain ? [] : sequenceCode(run, input, kind)),
    ...(masked ? mask : []),
    ...(doc.ablated.length > 0 ? ['', silencedHeads(doc.ablated, kind.dense, width / heads)] : []),
    '',
    'with torch.no_grad():',
    `    out = model(pixels[None], ${masked ? 'attention_mask=attention_mask, ' : ''}output_attentions=True, output_hidden_states=True)`,
    `    x = ${kind.encoder}.layernorm(out.hidden_states[-1])[0]  # [T, D]`,
    '',
    `attention = ${attention.code}  # [T, T] of ${attention.name}: row = query, column = key`,
    `best = attention[${run.pooledRow}].topk(min(5, len(tokens)))`,
    `print(tokens[${run.pooledRow}], "reads", *(f"{tokens[i]} {p:.3f}" for p, i in zip(best.values, best.indices)))`,
    ...classesCode(run, ownHeads),
  ]
    .filter((line): line is string => line !== false)
    .join('\n')
    .concat('\n')
}

/** Whether transformers' own embeddings give this very sequence: what stands before the patches, and all of them, as trained. */
function isPlain(
  { doc, model, positions }: VisionRun,
  sources: readonly number[],
  { ownRegisters }: VisionClass,
): boolean {
  const plain = imageInput(unedited(model, null), {
    ...leadingTokens(model),
    maxPositions: positionRows(model, gridOf(model)),
  })
  return (
    !ownRegisters &&
    doc.side === null &&
    doc.positionTable.type === 'trained' &&
    same(sources, plain.sources) &&
    same(positions, plain.positions)
  )
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}

/** The picture at the model's resolution, from its file where there is one. */
function pictureCode(run: VisionRun): { embedded: boolean; lines: string[] } {
  const { photo, doc, seen, model } = run
  const painted = doc.strokes.length > 0
  const isFile = photo.source === 'sample' && !painted
  if (!isFile && isEmbeddable(seen)) {
    const why = painted ? 'the photo as it was painted on' : 'no file of this photo is known'
    return { embedded: true, lines: embeddedPicture(seen, why) }
  }
  const { left, top, width, height } = cropRect(doc.crop, photo.picture, aspectOf(run.model))
  const file = photo.source === 'sample' ? literal(`public/samples/${photo.name}`) : '"path/to/the/photo"'
  const { preprocessor } = model
  const filter = (preprocessor?.resample ?? 'bilinear').toUpperCase()
  const target = resizedTo(run)
  return {
    embedded: false,
    lines: [
      ...(painted ? ['# The photo was painted on in CLSroom, which no code here repeats: the numbers differ.'] : []),
      ...(photo.source === 'sample'
        ? []
        : [
            `# Your own photo as CLSroom decoded it, ${photo.picture.width} × ${photo.picture.height}; a larger file is shrunk first.`,
          ]),
      ...openedFile(file, photo.source !== 'sample'),
      `image = image.crop((${left}, ${top}, ${left + width}, ${top + height}))`,
      `image = image.resize((${target.width}, ${target.height}), Image.Resampling.${filter})`,
      ...centreCrop(target, seen),
    ],
  }
}

/** What the part is resized to, before a centre crop. */
function resizedTo({ doc, model: { preprocessor }, seen, sharp }: VisionRun): { width: number; height: number } {
  return doc.side !== null || !preprocessor ? seen : resizedSize(sharp, preprocessor.size)
}

function centreCrop(from: { width: number; height: number }, to: { width: number; height: number }): string[] {
  if (from.width === to.width && from.height === to.height) return []
  const [left, top] = [Math.floor((from.width - to.width) / 2), Math.floor((from.height - to.height) / 2)]
  return [`image = image.crop((${left}, ${top}, ${left + to.width}, ${top + to.height}))  # its middle`]
}

/** The sequence put together by hand: patches left out or moved, registers, untrained tokens, another position table. */
function sequenceCode(
  run: VisionRun,
  { sources, extras }: ReturnType<typeof imageInput>,
  { encoder, specials }: VisionClass,
): string[] {
  const { width } = run.model.info
  return [
    '',
    '',
    ...(extras.some(({ type }) => type === 'normal') ? [NORMAL_VECTOR, '', ''] : []),
    'class Given(torch.nn.Module):',
    '    """Embeddings put together already, in the place of the model\'s own: CLSroom\'s sequence."""',
    '',
    '    def __init__(self, embeddings, rows):',
    '        super().__init__()',
    '        self.patch_embeddings = embeddings.patch_embeddings  # transformers reads its dtype',
    '        self.rows = rows  # [T, D]',
    '',
    '    def forward(self, pixel_values, *rest, **options):',
    '        return self.rows[None]',
    '',
    '',
    `# One number a token; p ≥ 0: patch p, −1 − s: row s of the special tokens (${specialNames(run.model, extras.length)}).`,
    `sources = torch.tensor(${list(sources)})`,
    '# The row of the position table that each token gets; −1: none.',
    `positions = torch.tensor(${list(run.positions)})`,
    'with torch.no_grad():',
    `    embeddings = ${encoder}.embeddings`,
    '    patches = embeddings.patch_embeddings.projection(pixels[None])[0].flatten(1).T  # [N, D]',
    `    trained = torch.cat([${specials.join(', ')}])`,
    ...(extras.length === 0
      ? ['    special = trained']
      : [
          '    special = torch.cat([trained, torch.stack([',
          ...extras.map((start) => `        ${startCode(start, width)},`),
          '    ])])',
        ]),
    ...tableCode(run).map((line) => `    ${line}`),
    '    patch_rows, special_rows = patches[sources.clamp(min=0)], special[(-1 - sources).clamp(min=0)]',
    '    rows = torch.where(sources[:, None] >= 0, patch_rows, special_rows)',
    '    rows = rows + torch.where(positions[:, None] >= 0, table[positions.clamp(min=0)], 0.0)',
    `    ${encoder}.embeddings = Given(embeddings, rows)`,
  ]
}

function specialNames(model: VisionRun['model'], extras: number): string {
  const { classTokens, registers } = leadingTokens(model)
  const names = ['[CLS]', '[DIST]'].slice(0, classTokens)
  if (registers > 0) names.push(`${registers} trained registers`)
  if (extras > 0) names.push(`${extras} that nobody trained`)
  return names.join(', ')
}

function startCode(start: StartVector, width: number): string {
  switch (start.type) {
    case 'zeros':
      return `torch.zeros(${width})`
    case 'normal':
      return `normal_vector(${start.seed}, ${start.std}, ${width})`
    case 'copy':
      return `${start.scale} * trained[${start.of}]`
    case 'mean':
      return 'patches.mean(0)'
  }
}

function tableCode({ doc: { positionTable }, model, grid }: VisionRun): string[] {
  const D = model.info.width
  const rows = positionRows(model, grid)
  switch (positionTable.type) {
    case 'off':
      return [`table = torch.zeros(${rows}, ${D})`]
    case 'sine':
      return [
        '# 2-D sines and cosines (He et al. 2022): half the width codes the column, half the row; [CLS] is zero.',
        `frequency = 10000.0 ** (-torch.arange(${Math.floor(D / 4)}) / ${Math.floor(D / 4)})`,
        `y, x = torch.meshgrid(torch.arange(${grid.rows}), torch.arange(${grid.columns}), indexing="ij")`,
        'x, y = x.flatten()[:, None] * frequency, y.flatten()[:, None] * frequency',
        `table = torch.zeros(${rows}, ${D})`,
        `table[${leadingTokens(model).classTokens}:, : ${4 * Math.floor(D / 4)}] = torch.cat([x.sin(), x.cos(), y.sin(), y.cos()], 1)`,
      ]
    case 'trained':
      return movedTable(model, grid, positionTable.interpolation)
    case 'shuffled':
      return [
        ...movedTable(model, grid, 'bicubic'),
        `table = table[${list(shuffledRows(rows, positionTable.seed, leadingTokens(model).classTokens)).replaceAll('\n', '\n    ')}]  # shuffled, seed ${positionTable.seed}`,
      ]
  }
}

type Interpolation = Extract<PositionTable, { type: 'trained' }>['interpolation']

function movedTable(model: VisionRun['model'], grid: VisionRun['grid'], mode: Interpolation): string[] {
  const from = gridOf(model)
  const table = 'table = embeddings.position_embeddings[0]'
  if (from.rows === grid.rows && from.columns === grid.columns) return [table]
  const { classTokens } = leadingTokens(model)
  const antialias = model.info.image?.antialias && mode !== 'nearest' ? ', antialias=True' : ''
  const corners = mode === 'nearest' ? '' : `, align_corners=False${antialias}`
  return [
    `${table}  # of ${from.rows} × ${from.columns} patches, moved to ${grid.rows} × ${grid.columns}`,
    `old = table[${classTokens}:].T.reshape(1, -1, ${from.rows}, ${from.columns})`,
    `new = torch.nn.functional.interpolate(old, size=(${grid.rows}, ${grid.columns}), mode="${mode}"${corners})`,
    `table = torch.cat([table[:${classTokens}], new[0].flatten(1).T])`,
  ]
}

/** The classes by transformers' own head, and by those that only CLSroom's models have. */
/** The heads that a class of transformers has. */
const OF_TRANSFORMERS: readonly string[] = ['classifier', 'cls', 'distillation', 'cls_distillation', 'cls_patches']

function classesCode(run: VisionRun, ownHeads: boolean): string[] {
  const { labels, activations } = run.model.info
  const content = run.tokens.flatMap(({ kind, status }, row) => (kind === 'patch' && status === 'read' ? [row] : []))
  return [
    '',
    SHOW,
    '',
    '',
    'logits = {}  # by head',
    ...Object.keys(labels)
      .filter((head) => OF_TRANSFORMERS.includes(head))
      .flatMap((head) => {
        const names = labels[head] as string[]
        const code = headCode(run, head)
        const scoring = activations?.[head] ?? 'softmax'
        const scores = scoresCode(`logits["${head}"]`, scoring)
        const most = scoring === 'softmax' ? SHOWN : names.length
        return code ? [`logits["${head}"] = ${code}`, `show("${head}", ${scores}, ${list(names)}, ${most})`] : []
      }),
    ...(ownHeads
      ? [
          ...ownHeadsCode(content, run.pooledRow),
          `    show(name, ${scoresCode('logits[name]', 'softmax')}, head["labels"], ${SHOWN})`,
        ]
      : []),
  ]
}

/** Logits [K] of a head of transformers; undefined where a token that it reads was removed. */
function headCode({ tokens, pooledRow }: VisionRun, head: string): string | undefined {
  const moved = pooledRow === 0 ? '' : '  # where [CLS] stands; transformers reads row 0'
  const distilled = tokens.findIndex(({ kind }) => kind === 'distill')
  const patches = tokens.flatMap(({ kind }, row) => (kind === 'patch' ? [row] : []))
  switch (head) {
    case 'cls':
      return `model.cls_classifier(x[${pooledRow}])${moved}`
    case 'distillation':
      return distilled < 0 ? undefined : `model.distillation_classifier(x[${distilled}])`
    case 'cls_distillation':
      return distilled < 0
        ? undefined
        : `(model.cls_classifier(x[${pooledRow}]) + model.distillation_classifier(x[${distilled}])) / 2`
    case 'cls_patches':
      return patches.length === 0
        ? undefined
        : `model.classifier(torch.cat([x[${pooledRow}], x[${list(patches)}].mean(0)]))${moved}`
    default:
      return pooledRow === 0 ? 'out.logits[0]' : `model.classifier(x[${pooledRow}])${moved}`
  }
}
