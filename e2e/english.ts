/** What a page in Russian says in English. */

import type { Page } from '@playwright/test'

export function saidInEnglish(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    const found: string[] = []
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      const said = node.textContent?.trim() ?? ''
      // Tokens, classes of a model, names of models, adapters and formats are no words of the page.
      if (
        !parent ||
        parent.closest(
          'script, style, noscript, .mono, .chip, .map, .bar-label, .stamp, textarea, select, .candidate, [lang=und], [lang=en], .binary-line, .binary-ends, .logo',
        )
      )
        continue
      if (
        /[a-z]{4,}/i.test(
          said.replace(
            /\[[\w ]+\]|«[^»]*»|WordPiece|Unigram|Mem\w+|Python|BERT|ViDT|ViT|YOLOS|DETR|WASM|clsroom-[\w-]+|CLSroom|CLS/g,
            '',
          ),
        )
      )
        found.push(said)
    }
    return found
  })
}
