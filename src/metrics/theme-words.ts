/** What kind of change a theme is. */
export type ThemeKind = 'hardware backend' | 'quantisation' | 'architecture' | 'serving' | 'area'

/** A theme that words stand for, under the name that people know it by. */
export interface NamedTheme {
  kind: Exclude<ThemeKind, 'area'>
  name: string
}

/** Name: words that mean it, in small letters, as they stand in paths, identifiers and messages. */
const hardware = {
  ROCm: ['rocm', 'hip', 'hipblas', 'hipblaslt', 'miopen', 'rocblas', 'rocwmma', 'gfx', 'aiter'],
  CUDA: ['cuda', 'cublas', 'cudnn', 'cutlass', 'ptx'],
  Metal: ['metal', 'mps', 'mlx'],
  Vulkan: ['vulkan', 'glsl', 'spirv'],
  SYCL: ['sycl', 'oneapi', 'onednn', 'xpu', 'ipex'],
  OpenCL: ['opencl', 'adreno'],
  OpenVINO: ['openvino'],
  WebGPU: ['webgpu', 'wgsl', 'wasm'],
  Gaudi: ['gaudi', 'hpu', 'habana', 'synapse'],
  TPU: ['tpu', 'xla', 'pallas'],
  Neuron: ['neuron', 'trainium', 'inferentia'],
  Ascend: ['ascend', 'cann', 'aclnn'],
  'MUSA (Moore Threads)': ['musa'],
  'MACA (MetaX)': ['maca', 'metax'],
  'MLU (Cambricon)': ['mlu', 'cambricon'],
  Kunlun: ['kunlun', 'xpytorch'],
  Hexagon: ['hexagon', 'qnn'],
  'RISC-V': ['riscv', 'rvv'],
  Arm: ['neon', 'sve', 'kleidiai', 'aarch64', 'arm64'],
  AVX: ['avx', 'avx512', 'amx'],
  POWER: ['ppc64le', 'vsx', 'powerpc'],
  'IBM Z': ['s390x', 'zdnn'],
  LoongArch: ['loongarch', 'lasx'],
}

const quantisation = {
  GPTQ: ['gptq', 'gptqmodel'],
  AWQ: ['awq', 'autoawq'],
  GGUF: ['gguf', 'ggml'],
  FP8: ['fp8', 'e4m3', 'e5m2'],
  FP4: ['fp4', 'nvfp4', 'mxfp4'],
  INT4: ['int4', 'w4a16', 'w4a8', 'nf4'],
  INT8: ['int8', 'w8a8', 'smoothquant'],
  EXL: ['exl2', 'exl3', 'exllama', 'exllamav2', 'exllamav3'],
  HQQ: ['hqq'],
  Marlin: ['marlin', 'machete'],
  bitsandbytes: ['bitsandbytes', 'bnb'],
  BitNet: ['bitnet', 'ternary'],
  'k-quants': ['iq1', 'iq2', 'iq3', 'iq4', 'kquants'],
  QAT: ['qat', 'torchao'],
}

const serving = {
  'Speculative decoding': ['speculative', 'eagle', 'medusa', 'ngram', 'mtp'],
  LoRA: ['lora', 'qlora', 'dora'],
  'Structured output': ['grammar', 'gbnf', 'outlines', 'xgrammar', 'guided'],
  'Tool calls': ['toolcall', 'toolcalls', 'mcp'],
  'Long context': ['rope', 'yarn', 'longrope', 'longcontext'],
  'Key-value cache': ['kvcache', 'paged', 'offload', 'offloading'],
  'Tensor parallelism': ['tensorparallel', 'nccl', 'rccl', 'allreduce', 'deepep'],
  'Mixture of experts': ['moe', 'experts', 'fusedmoe'],
  Multimodal: ['multimodal', 'vision', 'mmproj', 'clip', 'vlm', 'audio'],
}

/** Families of models; any other is found by the file that holds it. */
const architectures = {
  BERT: ['bert', 'modernbert', 'roberta'],
  ChatGLM: ['chatglm', 'glm', 'glm4'],
  'Command R': ['cohere', 'commandr'],
  DeepSeek: ['deepseek', 'deepseekv2', 'deepseekv3'],
  Falcon: ['falcon'],
  Gemma: ['gemma'],
  Granite: ['granite', 'granitemoe'],
  InternLM: ['internlm', 'internvl'],
  Jamba: ['jamba'],
  Kimi: ['kimi', 'moonlight'],
  Llama: ['llama'],
  Mamba: ['mamba', 'ssm'],
  MiniCPM: ['minicpm', 'minicpmv'],
  Mistral: ['mistral', 'mixtral', 'pixtral'],
  Nemotron: ['nemotron'],
  OLMo: ['olmo', 'olmoe'],
  Phi: ['phi', 'phimoe'],
  Qwen: ['qwen', 'qwq'],
  RWKV: ['rwkv'],
  T5: ['t5', 'flan'],
  Whisper: ['whisper'],
}

const byKind: readonly [NamedTheme['kind'], Record<string, readonly string[]>][] = [
  ['hardware backend', hardware],
  ['quantisation', quantisation],
  ['serving', serving],
  ['architecture', architectures],
]

const themeByWord = new Map<string, NamedTheme>(
  byKind.flatMap(([kind, names]) =>
    Object.entries(names).flatMap(([name, words]) =>
      words.map((word): [string, NamedTheme] => [word, { kind, name }]),
    ),
  ),
)

/** The theme that a word stands for; `gaudi3` is `gaudi`, but `fp8` is itself. Null for all other words. */
export function themeOfWord(word: string): NamedTheme | null {
  return themeByWord.get(word) ?? themeByWord.get(word.replace(/\d+$/, '')) ?? null
}

/** Words of a path, an identifier or a sentence, in small letters: `addRopeScaling.cu` → add, rope, scaling, cu. */
export function wordsIn(text: string): string[] {
  return text
    .slice(0, longestText)
    .replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu}\p{Ll})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Longer ones are made to be trouble. */
const longestText = 400

/** Where projects of this kind keep a model each in a file: `models/mamba2.py`, `modeling_mamba2.py`. */
const modelFile =
  /(?:(?:^|\/)models?\/(?:[\w-]+\/)?|(?:^|\/)modeling_)([a-z][a-z\d_]*[a-z\d])\.(?:py|cc|cpp|cu|h|hpp|rs|go|swift)$/

const notAModel =
  /^(?:init|base|utils?|registry|interfaces?|adapters?|config|common|test\w*|models?)$/

/** The architecture that a path holds the code of; null for any other path. */
export function architectureIn(path: string): NamedTheme | null {
  const [, file] = modelFile.exec(path.toLowerCase().slice(-longestText)) ?? []
  const stem = file?.replace(/^modeling_/, '')
  if (stem === undefined || notAModel.test(stem)) return null
  const known = themeOfWord(stem)
  return known?.kind === 'architecture' ? known : { kind: 'architecture', name: stem }
}
