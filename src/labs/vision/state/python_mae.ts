/** "Copy as Python" of a masked autoencoder: which patches it reads, and what it draws of the others. */

import { maskBit } from '../../../core/mask.ts'
import { toMask } from '../../../sequence/mask.ts'
import { imageInput } from '../../../sequence/run_input.ts'
import {
  attentionOf,
  list,
  maskCode,
  modelCode,
  NORMAL_VECTOR,
  revisionCode,
  silencedHeads,
} from '../../../state/python.ts'
import { normaliseCode } from '../../../state/python_pictures.ts'
import { pictureCode } from './python.ts'
import { gridOf, leadingTokens, positionRows, type VisionRun } from './run.ts'

/** @param choice the head of the encoder whose map the snippet prints */
export function maeSnippet(run: VisionRun, choice: { layer: number; head: number | 'mean' }): string {
  const { model, doc, tokens, grid } = run
  const { heads, width } = model.info
  const input = imageInput(doc.sequence, { ...leadingTokens(model), maxPositions: positionRows(model, grid) })
  const attention = attentionOf(choice.layer, choice.head)
  const picture = pictureCode(run)
  const packed = toMask(doc.sequence, doc.mask, model.info)
  const T = tokens.length
  const masked =
    packed.layers > 1 ||
    (packed.heads ?? 1) > 1 ||
    !tokens.every((_, q) => tokens.every((__, k) => maskBit(packed.bits, T, q, k)))
  const draws = doc.maskToken?.type === 'noise'
  return [
    `# A run of CLSroom in transformers: the patches it draws, and ${attention.name} of the encoder.`,
    '# pip install "transformers>=5.23" torch pillow',
    ...missing(run, input.sources),
    picture.embedded && 'import base64',
    draws && 'import math',
    '',
    'import torch',
    picture.embedded ? 'from PIL import Image' : 'from PIL import Image, ImageOps',
    'from transformers import ViTMAEForPreTraining',
    '',
    `MODEL = ${modelCode(model)}`,
    `model = ViTMAEForPreTraining.from_pretrained(MODEL${revisionCode(model)}, dtype=torch.float32, attn_implementation="eager").eval()`,
    '',
    ...picture.lines,
    ...normaliseCode(model.preprocessor, run.seen),
    '',
    `tokens = ${list(tokens.map(({ label }) => label))}`,
    `N = ${grid.rows * grid.columns}  # patches, ${grid.rows} × ${grid.columns}`,
    `kept = ${list(input.sources.filter((source) => source >= 0))}  # those that the encoder reads, in this order`,
    '# The model reads the patches of the smallest noise: so much of them, and these.',
    'model.vit.embeddings.config.mask_ratio = 1 - (len(kept) + 0.5) / N',
    'noise = torch.full((1, N), 2.0) + torch.arange(N) / N',
    'noise[0, kept] = torch.arange(len(kept)) / N',
    ...maskTokenCode(run),
    ...(masked ? maskCode(packed, T, choice.layer) : []),
    ...(doc.ablated.length > 0
      ? ['', silencedHeads(doc.ablated, 'model.vit.layers[layer].attention.o_proj', width / heads)]
      : []),
    '',
    'with torch.no_grad():',
    `    out = model(pixels[None], noise=noise, interpolate_pos_encoding=True, ${masked ? 'attention_mask=attention_mask, ' : ''}output_attentions=True)`,
    '    truth = model.patchify(pixels[None], interpolate_pos_encoding=True)[0]  # [N, P · P · C]',
    `reconstruction = out.logits[0]  # of every patch${model.info.reconstructs?.normalised ? ', each normalised by its own mean and deviation' : ''}`,
    ...(model.info.reconstructs?.normalised
      ? [
          'deviation = (truth.var(-1, keepdim=True) + 1e-6).sqrt()',
          'reconstruction_in_pixels = reconstruction * deviation + truth.mean(-1, keepdim=True)',
        ]
      : ['reconstruction_in_pixels = reconstruction']),
    '',
    `attention = ${attention.code}  # [T, T] of ${attention.name}: row = query, column = key`,
    `best = attention[${run.pooledRow}].topk(min(5, len(tokens)))`,
    `print(tokens[${run.pooledRow}], "reads", *(f"{tokens[i]} {p:.3f}" for p, i in zip(best.values, best.indices)))`,
    'hidden = [patch for patch in range(N) if patch not in kept]',
    'if hidden:',
    '    error = (reconstruction_in_pixels - truth)[hidden].square().mean()',
    '    print(f"mean squared error of {len(hidden)} hidden patches, normalised pixels: {error:.4f}")',
  ]
    .filter((line): line is string => line !== false)
    .join('\n')
    .concat('\n')
}

/** What the class of transformers has no place for. */
function missing(run: VisionRun, sources: readonly number[]): string[] {
  const { doc, model, positions, grid } = run
  const first = sources[0] === -1 && sources.lastIndexOf(-1) === 0 && sources.every((source) => source >= -1)
  const own = gridOf(model)
  const resized = own.rows !== grid.rows || own.columns !== grid.columns
  const asTrained = positions.every((position, t) => position === (sources[t] as number) + 1)
  const parts = [
    !first && '[CLS] elsewhere or missing, or tokens that nobody trained',
    !asTrained && 'other positions than the patches’ own',
    doc.positionTable.type !== 'trained' && 'another position table',
    resized &&
      doc.positionTable.type === 'trained' &&
      doc.positionTable.interpolation !== 'bicubic' &&
      'positions that are not moved bicubically',
  ].filter((part): part is string => part !== false)
  return parts.length > 0 ? [`# Not in this snippet: ${parts.join('; ')}. The numbers differ.`] : []
}

/** What stands for a hidden patch in the decoder, where it is not the trained vector (engine/mask_token.ts). */
function maskTokenCode({ doc: { maskToken } }: VisionRun): string[] {
  const token = 'model.decoder.mask_token.data'
  switch (maskToken?.type) {
    case 'zeros':
      return ['', `${token}.zero_()  # in place of the trained vector`]
    case 'negated':
      return ['', `${token}.neg_()`]
    case 'noise':
      return [
        '',
        '',
        NORMAL_VECTOR,
        '',
        '',
        '# A direction by lot, as long as the trained vector.',
        `drawn = normal_vector(${maskToken.seed}, 1.0, ${token}.numel())`,
        `${token}.copy_(drawn * (${token}.norm() / drawn.norm()))`,
      ]
    case 'mean':
      return [
        '',
        '',
        'def mean(module, args, out):',
        '    """The mean of the patches that are read, as the decoder gets them, stands for the hidden ones."""',
        `    ${token}.copy_(out[:, 1:].mean(1, keepdim=True))`,
        '',
        '',
        'model.decoder.decoder_embed.register_forward_hook(mean)',
      ]
    default:
      return []
  }
}
