/** As the file has it: width and height before `orientation` is applied. */
export interface ImageSize {
  width: number
  height: number
  /** EXIF orientation, 1 (upright) to 8; from 5 on, width and height change places when shown. */
  orientation: number
  animated: boolean
  /** Bits of one colour channel; 8 for palettes. */
  bitDepth: number
}
