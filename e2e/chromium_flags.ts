/** How the tests start Chromium. */

/** No sandbox where the tests run as root, and no request of the browser's own. */
export const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * WebGPU on SwiftShader, canvases included. A page that lost its GPU twice is otherwise refused one for two minutes,
 * which the tests of device loss cannot wait for. Without these flags a headless Chromium has no adapter at all.
 */
export const SOFTWARE_GPU = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--disable-domain-blocking-for-3d-apis',
]
