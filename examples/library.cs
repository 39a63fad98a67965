#:project ../src/Preimage/Preimage.csproj
using Preimage.Onnx;
using Preimage.Tracing;

var model = ModelFile.Read(args.Length > 0 ? args[0] : "examples/01-compact-class/compact-class.onnx");
var precise = Tracer.Continuation with { Steps = new ChordControl(Chord: 1e-6) };
var fiber = precise.Trace(model.Map, [0.25, 0.25], model.Signature.Box);

Console.WriteLine($"closed: {fiber.Curve.Closed}, length {fiber.Curve.Length:R}");
Console.WriteLine($"{fiber.Curve.Count} points, largest defect {fiber.Curve.Defect:E1}");
