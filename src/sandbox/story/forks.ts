import { dayMinutes, type Happening, hourMinutes } from './happening.ts'

/** What somebody builds in a fork of their own. Days count from the first Monday, which is 0; before it nobody listens. */
type ForkPlot = [
  by: string,
  forkedDay: number,
  work: [day: number, file: string, message: string][],
]

const forks: readonly ForkPlot[] = [
  ['noor-h', -95, []],
  ['lena-quantizes', -100, [[-90, 'quant/int4.py', 'Other scales']]],
  ['diego-on-arm', -85, [[-70, 'kernels/arm/dot.c', 'Try NEON']]],
  ['ravi-at-example-cloud', -66, []],
  [
    'nadia-on-rocm',
    -80,
    [
      [-76, 'kernels/rocm/attention.hip', 'Port attention to ROCm'],
      [-58, 'kernels/rocm/norm.hip', 'RMS norm on ROCm'],
      [12, 'kernels/rocm/attention.hip', 'Use the matrix cores'],
      [31, 'kernels/rocm/paged.hip', 'Paged attention on ROCm'],
      [53, 'kernels/rocm/moe.hip', 'Route experts on ROCm'],
      [68, 'kernels/rocm/paged.hip', 'Half the registers for pages'],
      [79, 'tests/test_rocm.py', 'Test ROCm against the reference'],
    ],
  ],
  [
    'bilal-and-his-radeon',
    9,
    [
      [10, 'kernels/rocm/attention.hip', 'Attention for one Radeon card'],
      [40, 'kernels/rocm/attention.hip', 'Do not spill on gfx1100'],
      [80, 'kernels/rocm/softmax.hip', 'Softmax on ROCm'],
    ],
  ],
  [
    'uni-cluster-bo',
    44,
    [
      [46, 'kernels/rocm/moe.hip', 'Experts on eight ROCm cards'],
      [61, 'kernels/rocm/moe.hip', 'Overlap experts and sending'],
      [78, 'kernels/rocm/moe.hip', 'Sort tokens by expert'],
    ],
  ],
  [
    'greta-at-example-chips',
    17,
    [
      [18, 'kernels/accelerator/attention.cc', 'Attention on our accelerator'],
      [19, 'kernels/accelerator/norm.cc', 'Norm on our accelerator'],
      [39, 'kernels/accelerator/attention.cc', 'Longer prompts'],
      [66, 'kernels/accelerator/moe.cc', 'Experts on our accelerator'],
      [77, 'kernels/accelerator/norm.cc', 'Norm for odd widths'],
    ],
  ],
  [
    'ioana-on-phones',
    20,
    [
      [23, 'quant/int2.py', 'Two bits for phones'],
      [24, 'quant/int2.py', 'Groups of 16'],
      [58, 'runtime/phone/memory.c', 'Weights stay on the disk'],
      [81, 'runtime/phone/memory.c', 'Wake up in half a second'],
    ],
  ],
  [
    'tove-writes-swift',
    30,
    [
      [33, 'bindings/swift/Model.swift', 'Bindings for Swift'],
      [48, 'bindings/swift/Tokenizer.swift', 'The tokenizer in Swift'],
      [76, 'bindings/swift/Model.swift', 'Stream tokens'],
    ],
  ],
  [
    'zhiyuan-reads-papers',
    38,
    [
      [40, 'src/model/mixer.py', 'Mix states instead of attention'],
      [72, 'src/model/mixer.py', 'Train the mixer longer'],
    ],
  ],
]

/** Forks that are worked on, in the order of the list. */
export const workInForks: readonly Happening[] = forks.flatMap(([by, forkedDay, work], index) => {
  const at = (day: number, hour: number) => day * dayMinutes + hour * hourMinutes + index * 17
  return [
    { at: at(forkedDay, 9), deed: { kind: 'fork' as const, by } },
    ...work.map(([day, file, message]) => ({
      at: at(day, 19),
      deed: { kind: 'push-to-fork' as const, by, message, file },
    })),
  ]
})
