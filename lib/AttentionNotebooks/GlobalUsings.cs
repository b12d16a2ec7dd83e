global using TorchSharp;
global using TorchSharp.Modules;
global using Generator = TorchSharp.torch.Generator;
global using Tensor = TorchSharp.torch.Tensor;
