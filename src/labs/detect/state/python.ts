/** "Copy as Python": a run of a detector as a snippet for transformers (or the recipe of our own type) that gives the same numbers. */

import { toModelSize } from '../../../loaders/image_resize.ts'
import { list, literal, modelCode, NORMAL_VECTOR, revisionCode } from '../../../state/python.ts'
import { embeddedPicture, isEmbeddable, normaliseCode, openedFile } from '../../../state/python_pictures.ts'
import { type Asking, type Closable, COPY_NOISE, WINDOWS } from './queries.ts'
import { type DetectRun, isAsTrained, queryName, queryStack } from './run.ts'

type ModelType = 'yolos' | 'detr' | 'clsroom_vidt'

/** Where in a model's class a snippet touches it. */
interface Family {
  imports: string[]
  load: (from: string) => string
  /** The attention modules of the layers that the queries share with the patches, or of the encoder. */
  body?: string
  /** Those of a decoder: among the queries, and at the picture. */
  own?: string
  cross?: string
}

const FAMILIES: Readonly<Record<ModelType, Family>> = {
  yolos: {
    imports: ['from transformers import YolosForObjectDetection'],
    load: (from) =>
      `YolosForObjectDetection.from_pretrained(${from}, dtype=torch.float32, attn_implementation="eager")`,
    body: '[layer.attention.attention for layer in model.vit.encoder.layer]',
  },
  detr: {
    imports: ['from transformers import DetrForObjectDetection'],
    load: (from) => `DetrForObjectDetection.from_pretrained(${from}, dtype=torch.float32, attn_implementation="eager")`,
    body: '[layer.self_attn for layer in model.model.encoder.layers]',
    own: '[layer.self_attn for layer in model.model.decoder.layers]',
    cross: '[layer.encoder_attn for layer in model.model.decoder.layers]',
  },
  clsroom_vidt: {
    imports: [
      'sys.path.append("training/detect")  # in CLSroom\'s repository: transformers has no class of this type',
      'import vidt',
    ],
    load: () => 'vidt.ViDT.from_pretrained(MODEL)',
  },
}

/** @param choice the layer and head whose map the snippet prints, and the place of the query that reads there */
export function detectSnippet(run: DetectRun, choice: { layer: number; head: number | 'mean'; query: number }): string {
  const { model, asking } = run
  const type = model.info.modelType as ModelType
  const family = FAMILIES[type]
  const picture = pictureCode(run)
  const isOwn = type === 'clsroom_vidt'
  const trained = isAsTrained(run)
  const masks = maskCode(run)
  const draws = asking.some(({ start }) => start === 'noise' || start === 'copy')
  const row = Math.max(
    0,
    asking.findIndex(({ place }) => place === choice.query),
  )
  const attention = attentionCode(run, choice)
  return [
    `# A run of CLSroom${isOwn ? '' : ' in transformers'}: what ${queryName(model.info, asking[row]?.place ?? 0)} reads in ${attention.name}.`,
    isOwn ? '# pip install torch safetensors pillow' : '# pip install "transformers>=5.23" torch pillow',
    picture.embedded && 'import base64',
    isOwn && masks.length > 0 && 'import itertools',
    draws && 'import math',
    isOwn && 'import sys',
    '',
    'import torch',
    picture.embedded ? 'from PIL import Image' : 'from PIL import Image, ImageOps',
    ...family.imports,
    masks.length > 0 && !isOwn && `from transformers.models.${type} import modeling_${type} as modeling`,
    '',
    `MODEL = ${modelCode(model)}`,
    `model = ${family.load(`MODEL${revisionCode(model)}`)}.eval()`,
    '',
    ...picture.lines,
    ...normaliseCode(model.preprocessor, picture.seen),
    '',
    `queries = ${list(asking.map(({ place }) => queryName(model.info, place)))}`,
    ...(trained ? [] : queriesCode(run, draws)),
    ...masks,
    '',
    'with torch.no_grad():',
    isOwn ? '    out = model(pixels[None], maps=True)' : '    out = model(pixels[None], output_attentions=True)',
    ...(isOwn
      ? ['    classes, boxes = out["logits"][-1, 0].softmax(-1), out["pred_boxes"][-1, 0]']
      : ['    classes, boxes = out.logits[0].softmax(-1), out.pred_boxes[0]']),
    `names = ${list(model.info.detects?.classes ?? [])}`,
    'for query, scores, box in zip(queries, classes, boxes):  # centre, width and height in shares of the picture',
    '    best = int(scores[:-1].argmax())',
    '    said = names[best] if scores[best] > scores[-1] else names[-1]',
    '    print(query, said, f"{scores[best]:.3f}", *(f"{share:.3f}" for share in box))',
    '',
    `attention = ${attention.code}  # of ${attention.name}: what ${attention.reads}`,
    `reads = ${attention.row(row)}  # [N]: what ${queryName(model.info, asking[row]?.place ?? 0)} reads of the patches, row by row`,
    'print("most read patch:", int(reads.argmax()), f"{reads.max():.3f}")',
  ]
    .filter((line): line is string => line !== false)
    .join('\n')
    .concat('\n')
}

/** The map of the chosen layer, which lies in the body or in the decoder, and in it the patches' share of a query's row. */
function attentionCode(
  { model: { info }, grid }: DetectRun,
  { layer, head }: { layer: number; head: number | 'mean' },
) {
  const { shared } = queryStack(info)
  const of = head === 'mean' ? '[0].mean(0)' : `[0, ${head}]`
  const isOwn = info.modelType === 'clsroom_vidt'
  const stack = (theirs: string, ours: string) => (isOwn ? `out["${ours}"]` : `out.${theirs}`)
  const name = `layer ${layer + 1}, ${head === 'mean' ? 'mean of heads' : `head ${head + 1}`}`
  const patches = grid.rows * grid.columns
  if (layer >= shared) {
    return {
      name,
      code: `${stack('cross_attentions', 'cross_attentions')}[${layer - shared}]${of}`,
      reads: 'each query reads of the picture',
      row: (row: number) => `attention[${row}]`,
    }
  }
  const first = (info.image?.classTokens ?? 0) + (info.image?.registers ?? 0)
  return {
    name,
    code: `${stack('attentions', 'attentions')}[${layer}]${of}`,
    reads: 'each token reads of each: the queries stand last',
    row: (row: number) => `attention[${first + patches + row}, ${first}:${first + patches}]`,
  }
}

function pictureCode({ picture, photo, doc, model }: DetectRun) {
  const seen = toModelSize(picture, model.preprocessor)
  const edited = doc.pieces.length > 0
  const isFile = photo.source === 'sample' && !edited
  if (!isFile && isEmbeddable(seen)) {
    const why = edited ? 'the picture with its drawings' : 'no file of this picture is known'
    return { seen, embedded: true, lines: embeddedPicture(seen, why) }
  }
  const filter = (model.preprocessor?.resample ?? 'bilinear').toUpperCase()
  const same = seen.width === picture.width && seen.height === picture.height
  return {
    seen,
    embedded: false,
    lines: [
      ...(edited ? ['# Not in this snippet: the drawings that were put on the picture. The numbers differ.'] : []),
      ...openedFile(
        photo.source === 'sample' ? literal(`public/samples/scenes/${photo.name}`) : '"path/to/the/picture"',
        photo.source !== 'sample',
      ),
      ...(same ? [] : [`image = image.resize((${seen.width}, ${seen.height}), Image.Resampling.${filter})`]),
    ],
  }
}

/** Other start vectors than the trained ones: fewer, copies, zeros … (labs/detect/state/queries.ts). */
function queriesCode({ model: { info }, asking }: DetectRun, draws: boolean): string[] {
  const inDecoder = info.modelType === 'detr'
  const table = inDecoder ? 'model.model.query_position_embeddings.weight' : 'model.vit.embeddings.detection_tokens[0]'
  return [
    '',
    ...(draws ? ['', NORMAL_VECTOR, '', '', ...NOISE, '', ''] : []),
    '# What the queries start from. One that is replaced has no position, one that was removed does not ask.',
    'with torch.no_grad():',
    `    trained = ${table}`,
    ...(inDecoder
      ? ['    whole = trained']
      : [
          '    positions = model.vit.embeddings.position_embeddings[0]',
          '    places = positions[-len(trained):]',
          '    whole = trained + places',
        ]),
    '    starts = torch.stack([',
    ...asking.map((query) => `        ${startCode(query)},`),
    '    ])',
    ...(inDecoder
      ? ['    model.model.query_position_embeddings.weight = torch.nn.Parameter(starts)']
      : [
          `    kept = torch.tensor(${list(asking.map(({ of, start }) => (start === 'trained' || start === 'copy' ? of : -1)))})`,
          '    moved = torch.where(kept[:, None] >= 0, places[kept.clamp(min=0)], 0.0)',
          '    model.vit.embeddings.position_embeddings = torch.nn.Parameter(torch.cat([positions[:-len(trained)], moved])[None])',
          '    model.vit.embeddings.detection_tokens = torch.nn.Parameter(starts[None])',
          ...(info.modelType === 'clsroom_vidt'
            ? ['    model.masks = vidt.layer_masks(model.config | {"num_detection_tokens": len(starts)})']
            : [
                '    if model.config.use_mid_position_embeddings:',
                '        middle = model.vit.encoder.interpolation',
                '        given = middle.mid_position_embeddings',
                '        later = torch.where(kept[:, None] >= 0, given[:, :, -len(trained) + kept.clamp(min=0)], 0.0)',
                '        middle.mid_position_embeddings = torch.nn.Parameter(torch.cat([given[:, :, :-len(trained)], later], 2))',
                '    model.config.num_detection_tokens = len(starts)',
              ]),
        ]),
  ]
}

const NOISE = [
  'def noise(seed, length):',
  '    drawn = normal_vector(seed, 1.0, whole.shape[1])',
  '    return drawn * (length / drawn.norm())',
]

function startCode({ of, start, place }: Asking): string {
  switch (start) {
    case 'trained':
      return `trained[${of}]`
    case 'zeros':
      return 'torch.zeros(whole.shape[1])'
    case 'mean':
      return 'whole.mean(0)'
    case 'noise':
      return `noise(${place + 1}, whole[${of}].norm())`
    case 'copy':
      return `trained[${of}] + noise(${place + 1}, ${COPY_NOISE} * whole[${of}].norm())`
  }
}

/** Who may read whom, where something is closed, and an attention that keeps to it. */
function maskCode({ model: { info }, asking, doc: { closed }, grid }: DetectRun): string[] {
  const masked = asking.flatMap(({ status }, row) => (status === 'masked' ? [row] : []))
  if (closed.length === 0 && masked.length === 0) return []
  const is = (part: Closable) => closed.includes(part)
  const type = info.modelType as ModelType
  const leading = (info.image?.classTokens ?? 0) + (info.image?.registers ?? 0)
  const Q = asking.length
  const together = type !== 'detr'
  return [
    '',
    `L, Q, LEADING, ROWS, COLUMNS = ${info.layers}, ${Q}, ${leading}, ${grid.rows}, ${grid.columns}`,
    'N = LEADING + ROWS * COLUMNS',
    'body = torch.ones(L, N + Q, N + Q, dtype=torch.bool)  # who may read whom in each layer: queries × keys',
    ...(is('patch-far')
      ? [
          `for layer in range(L):  # windows of ${WINDOWS.side} × ${WINDOWS.side}, shifted in every second layer`,
          `    moved = ${WINDOWS.side - WINDOWS.shift} * (layer % 2)`,
          `    row, column = ((torch.arange(side) + moved) // ${WINDOWS.side} for side in (ROWS, COLUMNS))`,
          '    window = (row[:, None] * (COLUMNS + 1) + column).flatten()',
          '    body[layer, LEADING:N, LEADING:N] = window[:, None] == window',
        ]
      : []),
    ...(is('patch-patch') ? ['body[:, :N, :N] = torch.eye(N, dtype=torch.bool)'] : []),
    ...(is('patch-det') ? ['body[:, :N, N:] = False'] : []),
    ...(is('det-patch') ? ['body[:, N:, :N] = False'] : []),
    ...(is('det-det') ? ['body[:, N:, N:] = False'] : []),
    ...(masked.length > 0 ? [`body[:, :, N + torch.tensor(${list(masked)})] = False  # masked queries`] : []),
    'body[:, range(N, N + Q), range(N, N + Q)] = True  # a query reads itself',
    'own, cross = body[0, N:, N:], body[0, N:, LEADING:N]  # of a decoder',
    '',
    '',
    ...(type === 'clsroom_vidt' ? VIDT_ATTEND : ATTEND),
    ...(type === 'clsroom_vidt'
      ? []
      : [
          `for module, mask in zip(${FAMILIES[type].body}, body${together ? '' : '[:, :N, :N]'}):`,
          '    module.readable = mask',
          ...(together
            ? []
            : [
                `for module in ${FAMILIES[type].own}:`,
                '    module.readable = own',
                `for module in ${FAMILIES[type].cross}:`,
                '    module.readable = cross',
              ]),
        ]),
  ]
}

const ATTEND = [
  'def attend(module, query, key, value, attention_mask, scaling=None, **rest):',
  '    """Eager attention under module.readable; who may read nothing reads nothing."""',
  '    scores = query @ key.mT * (scaling or query.shape[-1] ** -0.5)',
  '    scores = scores.masked_fill(~module.readable, float("-inf"))',
  '    weights = scores.softmax(-1).nan_to_num(0.0)',
  '    return (weights @ value).transpose(1, 2), weights',
  '',
  '',
  'modeling.eager_attention_forward = attend',
]

const VIDT_ATTEND = [
  'turns = itertools.cycle([own, cross])  # the layers of the neck, which come with no mask, read so by turns',
  '',
  '',
  'def attend(query, key, value, heads, mask, maps):',
  '    """vidt.attend under a mask everywhere; who may read nothing reads nothing."""',
  '    query, key, value = (x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (query, key, value))',
  '    scores = query @ key.mT * query.shape[-1] ** -0.5',
  '    scores = scores.masked_fill(~(next(turns) if mask is None else mask), float("-inf"))',
  '    maps.append(scores.softmax(-1).nan_to_num(0.0))',
  '    return (maps[-1] @ value).transpose(1, 2).flatten(2)',
  '',
  '',
  'vidt.attend = attend',
  'model.masks = model.masks & body',
]
