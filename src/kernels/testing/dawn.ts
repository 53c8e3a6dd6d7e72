/** Vitest setup for Node: installs Dawn as `navigator.gpu`. Without an adapter the run fails; GPU tests are never skipped. */

import { create, globals } from 'webgpu'

// The GPU object must stay referenced: collecting it takes its devices along.
const gpu = create([])
Object.assign(globalThis, globals)
Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })

if (!(await gpu.requestAdapter())) {
  throw new Error(
    'Dawn found no Vulkan adapter, so the kernel tests cannot run. Start them with `npm test`, which sets ' +
      'VK_ICD_FILENAMES and LD_LIBRARY_PATH for the SwiftShader that comes with Chromium.',
  )
}
