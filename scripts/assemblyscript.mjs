/** A Vite plugin: `import wasm from '…/index.ts?compiled'` compiles AssemblyScript and gives the module's bytes in base64. */

import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import asc from 'assemblyscript/asc'

const SUFFIX = '?compiled'

/**
 * No runtime: the sources allocate nothing, and JavaScript does (src/wasm/heap.ts). No relaxed SIMD: same numbers everywhere.
 */
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--use',
  'abort=',
  '--disableWarning',
  '112',
]

/** In the script and not beside it: a few kilobytes need no request, no path and no type of their own. */
export function assemblyscript() {
  return {
    name: 'assemblyscript',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null
      const entry = id.slice(0, -SUFFIX.length)
      const folder = dirname(entry)
      for (const file of readdirSync(folder)) this.addWatchFile(join(folder, file))
      return `export default ${JSON.stringify(Buffer.from(await compile(entry)).toString('base64'))}`
    },
  }
}

/** @returns {Promise<Uint8Array>} @throws with the compiler's messages */
async function compile(entry) {
  let binary
  const { error, stderr } = await asc.main([entry, ...OPTIONS, '--outFile', 'kernels.wasm'], {
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) binary = contents
    },
  })
  if (error) throw new Error(`${error.message}\n${stderr}`)
  return binary
}
