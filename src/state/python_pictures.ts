/** Pieces of Python that read pictures. */

import type { Picture } from '../loaders/image_resize.ts'
import type { PreprocessorConfig } from '../loaders/preprocessor.ts'

/** A picture of at most this many pixels is written into the snippet where no file has it. */
const MOST_PIXELS = 64 * 64

/** Whether a picture is small enough to stand in a snippet. */
export function isEmbeddable({ width, height }: Picture): boolean {
  return width * height <= MOST_PIXELS
}

/** @param why in words why no file is read */
export function embeddedPicture(seen: Picture, why: string): string[] {
  const { width, height } = seen
  return [
    `# What the model saw, ${width} × ${height} RGB: ${why}.`,
    `image = Image.frombytes("RGB", (${width}, ${height}), base64.b64decode(`,
    ...(base64Rgb(seen).match(/.{1,96}/g) ?? []).map((line) => `    "${line}"`),
    '))',
  ]
}

function base64Rgb({ data }: Picture): string {
  const rgb = data.filter((_, i) => i % 4 !== 3)
  return btoa(Array.from(rgb, (byte) => String.fromCharCode(byte)).join(''))
}

/** A file of one's own, upright and without transparency, as the page reads it. @param file a literal */
export function openedFile(file: string, isOwn: boolean): string[] {
  return [
    `image = ImageOps.exif_transpose(Image.open(${file}))`,
    ...(isOwn
      ? [
          'if image.mode == "I;16":  # CLSroom keeps the upper 8 of 16 bits; Pillow would cut off what is above 255',
          '    image = Image.frombytes("L", image.size, image.tobytes()[1::2])',
        ]
      : []),
    'image = image.convert("RGB")  # without transparency',
  ]
}

/** `image` → `pixels` [3, height, width] */
export function normaliseCode(preprocessor: PreprocessorConfig | undefined, { width, height }: Picture): string[] {
  const { do_rescale = true, rescale_factor = 1 / 255, do_normalize = true } = preprocessor ?? {}
  const { image_mean = [0.5, 0.5, 0.5], image_std = [0.5, 0.5, 0.5] } = preprocessor ?? {}
  return [
    `pixels = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(${height}, ${width}, 3)`,
    `pixels = pixels.permute(2, 0, 1).float()${do_rescale ? ` * ${rescale_factor}` : ''}`,
    ...(do_normalize
      ? [
          `mean, std = torch.tensor([${image_mean.join(', ')}]), torch.tensor([${image_std.join(', ')}])`,
          'pixels = (pixels - mean[:, None, None]) / std[:, None, None]',
        ]
      : []),
  ]
}
