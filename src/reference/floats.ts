/**
 * The twins run on Float32Array in the app and on Float64Array in tests, where they are the ground truth.
 * Sums are JavaScript numbers, so they are accumulated in f64 either way.
 */
export type Floats = Float32Array | Float64Array
