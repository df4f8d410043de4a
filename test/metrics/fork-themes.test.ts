import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ForkEffort, forkThemes, independentForks } from '../../src/metrics/fork-themes.ts'
import { architectureIn, themeOfWord, wordsIn } from '../../src/metrics/theme-words.ts'

const effort = (fork: string, rest: Partial<ForkEffort> = {}): ForkEffort => ({
  ...{ fork, commits: [`commit of ${fork}`], subjects: [], paths: [], areas: [] },
  ...rest,
})

const named = (efforts: readonly ForkEffort[], project = 'engine') =>
  forkThemes(efforts, project).map(({ kind, name, forks }) => ({ kind, name, forks }))

describe('what several forks do', () => {
  it('is told by paths and messages, with the words that gave it away', () => {
    const efforts = [
      effort('one', { paths: ['kernels/rocm/attention.cu'], areas: ['kernels/rocm/'] }),
      effort('two', { paths: ['kernels/rocm/hipblas_gemm.cu'], areas: ['kernels/rocm/', 'docs/'] }),
      effort('three', { subjects: ['Support gfx942', 'Tune the HIP launch'] }),
      effort('four', { subjects: ['Mention ROCm in the guide'] }),
    ]
    expect(forkThemes(efforts, 'engine')).toEqual([
      {
        ...{ kind: 'hardware backend', name: 'ROCm', forks: ['one', 'three', 'two'] },
        ...{ independent: 3, words: ['rocm', 'gfx942', 'hip', 'hipblas'], areas: [] },
      },
    ])
  })

  it('is a new architecture where the same model gets its file', () => {
    const efforts = [
      effort('one', { paths: ['vllm/model_executor/models/plamo2.py'] }),
      effort('two', { paths: ['models/plamo2.py', 'models/registry.py'] }),
      effort('three', { paths: ['src/models/qwen3/modeling_qwen3.py'] }),
      effort('four', { paths: ['src/models/qwen3_moe.py'], subjects: ['Add Qwen 3'] }),
    ]
    expect(named(efforts)).toContainEqual({
      kind: 'architecture',
      name: 'plamo2',
      forks: ['one', 'two'],
    })
    expect(named(efforts).map(({ name }) => name)).not.toContain('registry')
  })

  it('is an area where three are at work, unless a theme says it better', () => {
    const areas = ['loader/shards/']
    const three = ['one', 'two', 'three'].map((fork) => effort(fork, { areas }))
    expect(named(three)).toEqual([
      { kind: 'area', name: 'loader/shards/', forks: ['one', 'three', 'two'] },
    ])
    expect(named(three.slice(1))).toEqual([])
    const gptq = three.map((each) => ({ ...each, paths: ['loader/shards/gptq.py'] }))
    expect(forkThemes(gptq, 'engine')).toMatchObject([{ name: 'GPTQ', areas }])
  })

  it('is no agreement where they share the work itself', () => {
    const paths = ['kernels/rocm/attention.cu']
    const copies = ['one', 'two'].map((fork) => effort(fork, { paths, commits: ['a', fork] }))
    expect(named(copies)).toEqual([])
    expect(forkThemes([...copies, effort('three', { paths })], 'engine')).toMatchObject([
      { name: 'ROCm', forks: ['one', 'three', 'two'], independent: 2 },
    ])
  })

  it('is not what the project is about', () => {
    const paths = ['src/llama/attention.cpp']
    expect(
      named(
        ['one', 'two'].map((fork) => effort(fork, { paths })),
        'llama.cpp',
      ),
    ).toEqual([])
    const most = ['a', 'b', 'c', 'd'].map((fork) => effort(fork, { areas: ['src/core/'] }))
    const others = ['e', 'f', 'g'].map((fork) => effort(fork, { areas: ['docs/guide/'] }))
    expect(named([...most, ...others]).map(({ name }) => name)).toEqual(['docs/guide/'])
  })

  it('does not depend on the order of forks, and names each once', () => {
    const path = fc.constantFrom('kernels/rocm/a.cu', 'quant/gptq.py', 'models/mamba2.py', 'a.py')
    const efforts = fc.uniqueArray(
      fc.record({
        fork: fc.string(),
        commits: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
        subjects: fc.array(fc.string()),
        paths: fc.array(path),
        areas: fc.uniqueArray(fc.constantFrom('kernels/rocm/', 'quant/', 'models/')),
      }),
      { selector: ({ fork }) => fork },
    )
    fc.assert(
      fc.property(efforts, (made) => {
        const themes = forkThemes(made, 'engine')
        const plain = (of: typeof themes) =>
          of.map(({ areas, ...rest }) => ({ ...rest, areas: areas.toSorted() }))
        expect(plain(forkThemes(made.toReversed(), 'engine'))).toEqual(plain(themes))
        for (const { forks, independent } of themes) {
          expect(new Set(forks).size).toBe(forks.length)
          expect(independent).toBeLessThanOrEqual(forks.length)
          expect(independent).toBeGreaterThanOrEqual(2)
        }
      }),
    )
  })
})

describe('independent forks', () => {
  it('are those without a commit in common, also through others', () => {
    const of = (...commits: string[][]) =>
      independentForks(commits.map((each) => ({ commits: each })))
    expect(of(['a'], ['b'], ['a', 'b'], ['c'], [], [])).toBe(4)
    expect(of(['a', 'b'], ['b', 'c'], ['c', 'd'])).toBe(1)
  })
})

describe('words', () => {
  it.each([
    ['addRopeScaling.cu', ['add', 'rope', 'scaling', 'cu']],
    ['ggml/src/ggml-hip/HIPGraph.cpp', ['ggml', 'src', 'ggml', 'hip', 'hipgraph', 'cpp']],
    ['fp8: e4m3_scale', ['fp8', 'e4m3', 'scale']],
    ['', []],
  ])('of %j are %j', (text, words) => {
    expect(wordsIn(text)).toEqual(words)
  })

  it('stand for the same with a version, but not where a number is part of them', () => {
    expect(themeOfWord('gaudi3')?.name).toBe('Gaudi')
    expect(themeOfWord('fp8')?.name).toBe('FP8')
    expect(themeOfWord('fp16')).toBeNull()
    expect(themeOfWord('constructor')).toBeNull()
  })

  it.each([
    ['models/mamba2.py', 'Mamba'],
    ['src/transformers/models/plamo/modeling_plamo.py', 'plamo'],
    ['src/model/weights.md', null],
    ['models/utils.py', null],
    ['tests/mamba.py', null],
  ])('name the architecture in %s: %s', (path, name) => {
    expect(architectureIn(path)?.name ?? null).toBe(name)
  })
})
