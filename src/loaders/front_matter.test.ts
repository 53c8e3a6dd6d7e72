import { expect, test } from 'vitest'
import { frontMatter } from './front_matter.ts'

test('reads values, lists in a line and lists under a name', () => {
  const readme =
    '---\nlanguage: en\nlicense: "apache-2.0"\ntags: [bert, tiny]\ndatasets:\n- bookcorpus\n- wikipedia\n---\n\n# A model\nnot: read'
  expect(frontMatter(readme)).toEqual({
    language: 'en',
    license: 'apache-2.0',
    tags: 'bert, tiny',
    datasets: 'bookcorpus, wikipedia',
  })
})

test('leaves nested fields out, and is empty where a README has none', () => {
  expect(frontMatter('---\nmodel-index:\n- name: x\n  results:\n  - task: y\nlicense: mit\n---')).toEqual({
    license: 'mit',
  })
  expect(frontMatter('# A model\nlicense: mit')).toEqual({})
})
