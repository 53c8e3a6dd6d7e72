/** What the adapter can do: multiply-adds from registers, and copies. */

import { median } from '../median.mjs'

const STEPS = 512
const INVOCATIONS = 64 * 1024
const COPY_BYTES = 64 * 2 ** 20

/** @returns {Promise<number>} GFLOP/s of f32 multiply-adds, the best of several tries */
export async function peak(device) {
  const code = `
    @group(0) @binding(0) var<storage, read_write> out: array<vec4<f32>>;
    @compute @workgroup_size(64)
    fn main(@builtin(global_invocation_id) id: vec3<u32>) {
      let m = vec4<f32>(0.999, 0.998, 0.997, 0.996);
      var a = vec4<f32>(f32(id.x)); var b = a + 1.0; var c = a + 2.0; var d = a + 3.0;
      for (var i = 0; i < ${STEPS}; i++) { a = a * m + b; b = b * m + c; c = c * m + d; d = d * m + a; }
      out[id.x] = a + b + c + d;
    }`
  const module = device.createShaderModule({ code })
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } })
  const buffer = device.createBuffer({ size: INVOCATIONS * 16, usage: GPUBufferUsage.STORAGE })
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer } }],
  })
  const tries = []
  for (let i = 0; i < 6; i++) {
    const seconds = await timed(device, (encoder) => {
      const pass = encoder.beginComputePass()
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, group)
      pass.dispatchWorkgroups(INVOCATIONS / 64)
      pass.end()
    })
    tries.push((INVOCATIONS * STEPS * 4 * 4 * 2) / seconds / 1e9)
  }
  buffer.destroy()
  return Math.max(...tries)
}

/** @returns {Promise<number>} GB/s read and written by copies between buffers, the median */
export async function bandwidth(device) {
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
  const [from, to] = [0, 1].map(() => device.createBuffer({ size: COPY_BYTES, usage }))
  const rates = []
  for (let i = 0; i < 6; i++) {
    const seconds = await timed(device, (encoder) => encoder.copyBufferToBuffer(from, 0, to, 0, COPY_BYTES))
    rates.push((2 * COPY_BYTES) / seconds / 1e9)
  }
  from.destroy()
  to.destroy()
  return median(rates)
}

async function timed(device, encode) {
  const encoder = device.createCommandEncoder()
  encode(encoder)
  const start = performance.now()
  device.queue.submit([encoder.finish()])
  await device.queue.onSubmittedWorkDone()
  return (performance.now() - start) / 1000
}
