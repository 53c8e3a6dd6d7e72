/**
 * What the page needs before its first map lies in one file: a hundred small ones, as many labs would share them, pack worse and are asked for one by
 * one. Found by following the static imports of the page and of the lab that it opens on.
 */

import { resolve } from 'node:path'

const ENTRIES = ['src/app/main.tsx', 'src/labs/text/parts.ts', 'src/labs/text/TextLab.tsx'].map((file) => resolve(file))

export function firstLoad() {
  const first = new Set()
  return {
    name: 'first-load',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', test: (id) => first.has(id) }] } } },
      },
    }),
    buildEnd() {
      const visit = (id) => {
        if (first.has(id)) return
        first.add(id)
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) visit(imported)
      }
      for (const entry of ENTRIES) if (this.getModuleInfo(entry)) visit(entry)
    },
  }
}
