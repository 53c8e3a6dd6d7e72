/** The vision lab as a person and a script meet it. */

import { expect, type Locator, type Page } from '@playwright/test'
import { type HeadMap, LabPage } from './lab_page.ts'
import type { Paint, PictureFile } from './pictures.ts'

export class VisionPage extends LabPage {
  readonly route = '#/vision'
  readonly patches: Locator
  readonly photo: Locator
  readonly input: Locator

  constructor(page: Page, query = '') {
    super(page, query)
    this.photo = page.getByTestId('photo-stage')
    this.patches = this.photo.getByTestId('patch')
    this.input = page.getByTestId('image-input')
  }

  async chooseSample(file: string): Promise<void> {
    await this.rerun(() => this.page.locator(`[data-sample="${file}"]`).click())
    // With a live camera, the run that was waited for may be that of a last frame.
    await expect.poll(async () => (await this.state()).sample).toBe(file)
    await this.rested()
  }

  /** What the asking token reads in each patch, as the page tells it. */
  async overlay(): Promise<string[]> {
    const labels = await this.patches.evaluateAll((patches) => patches.map((patch) => patch.ariaLabel ?? ''))
    return labels.map((label) => /reads it with ([^,]+)/.exec(label)?.[1] ?? '')
  }

  /** The pixels of the photo with its overlay, to tell two of them apart. */
  drawn(): Promise<string> {
    return this.photo.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  }

  /** The maps of the chosen model for a picture of 32 × 32 pixels, unedited, from the automation surface. */
  async mapsOf(paint: Paint): Promise<HeadMap[]> {
    const planes = [0, 1, 2].map((c) =>
      Array.from({ length: 32 * 32 }, (_, i) => paint(i % 32, Math.floor(i / 32))[c] as number),
    )
    const maps = await this.page.evaluate(async (rgb) => {
      const { model } = window.clsroom.state() as { model: string }
      const config = await (await fetch(`models/${model}/preprocessor_config.json`)).json()
      const data = rgb.flatMap((plane, c) =>
        plane.map((value) => (value / 255 - config.image_mean[c]) / config.image_std[c]),
      )
      const pixelValues = { dims: [3, 32, 32] as [number, number, number], data }
      return (await window.clsroom.forward({ model, pixelValues, capture: { attentions: true } })).attentions
    }, planes)
    return maps as HeadMap[]
  }

  /** The class bars of each head, largest first. */
  probabilities(): Promise<{ title: string; bars: { label: string; percent: string }[] }[]> {
    return this.page.getByTestId('probabilities').evaluateAll((heads) =>
      heads.map((head) => ({
        title: head.querySelector('h3')?.textContent ?? '',
        bars: Array.from(head.querySelectorAll('li'), (row) => ({
          label: row.querySelector('.bar-label')?.textContent ?? '',
          percent: row.querySelector('.bar-value')?.textContent ?? '',
        })),
      })),
    )
  }

  async drop(file: PictureFile): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ({ name, mimeType, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        const data = new DataTransfer()
        data.items.add(new File([bytes], name, { type: mimeType }))
        return data
      },
      { name: file.name, mimeType: file.mimeType, base64: file.buffer.toString('base64') },
    )
    await this.input.dispatchEvent('dragover', { dataTransfer: transfer })
    await this.input.dispatchEvent('drop', { dataTransfer: transfer })
  }

  async choose(file: PictureFile): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.page.getByRole('button', { name: 'Choose a photo' }).click()
    await (await chooser).setFiles(file)
  }
}
