/** AssemblyScript, compiled by scripts/assemblyscript.mjs: the bytes of a module in base64. */
declare module '*?compiled' {
  const base64: string
  export default base64
}
