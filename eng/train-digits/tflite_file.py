"""Writes and reads .tflite files through code that flatc makes from this repository's schemas."""
import importlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile

import flatbuffers
import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
SCHEMAS = ["src/Qnn.Compiler/Import/TfLite/Schema/tflite.fbs", "src/Qnn.Compiler/Import/TfLite/Metadata/tflite_metadata.fbs"]


def schema_modules():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["flatc", "--python", "--gen-object-api", "--gen-onefile", "-o", folder] + [os.path.join(ROOT, s) for s in SCHEMAS],
                       check=True, stdout=subprocess.DEVNULL)
        sys.path.insert(0, folder)
        sys.dont_write_bytecode = True
        modules = importlib.import_module("tflite_generated"), importlib.import_module("tflite_metadata_generated")
        sys.path.remove(folder)
    return modules


tfl, meta = schema_modules()


class Builder(flatbuffers.Builder):
    """TFLite wants the bytes of a buffer on a multiple of 16; flatc's Python does not see to it."""

    def StartVector(self, elemSize, numElems, alignment):
        return super().StartVector(elemSize, numElems, 16 if elemSize == 1 else alignment)


def pack(table, identifier):
    builder = Builder(1 << 16)
    builder.Finish(table.Pack(builder), file_identifier=identifier)
    return bytes(builder.Output())


def make(cls, **values):
    made = cls()
    for name, value in values.items():
        assert hasattr(made, name), f"{cls.__name__} has no {name}"
        setattr(made, name, value)
    return made


class ModelWriter:
    """Collects the tensors and operators of a model."""

    def __init__(self, description):
        self.buffers = [make(tfl.BufferT)]
        self.tensors, self.operators, self.codes = [], [], []
        self.description = description
        self.metadata = []

    def buffer(self, data):
        self.buffers.append(make(tfl.BufferT, data=np.frombuffer(bytes(data), np.uint8)))
        return len(self.buffers) - 1

    def tensor(self, name, kind, shape, scales, zero_points, data=None, axis=0):
        quantization = make(tfl.QuantizationParametersT, scale=np.asarray(scales, np.float32), zeroPoint=np.asarray(zero_points, np.int64), quantizedDimension=axis)
        self.tensors.append(make(tfl.TensorT, name=name, type=kind, shape=np.asarray(shape, np.int32), quantization=quantization,
                                 buffer=0 if data is None else self.buffer(data)))
        return len(self.tensors) - 1

    def operator(self, code, version, inputs, outputs, options_type=0, options=None):
        if (code, version) not in self.codes:
            self.codes.append((code, version))
        self.operators.append(make(tfl.OperatorT, opcodeIndex=self.codes.index((code, version)), inputs=np.asarray(inputs, np.int32),
                                   outputs=np.asarray(outputs, np.int32), builtinOptionsType=options_type, builtinOptions=options))

    def finish(self, inputs, outputs):
        graph = make(tfl.SubGraphT, name="main", tensors=self.tensors, operators=self.operators,
                     inputs=np.asarray(inputs, np.int32), outputs=np.asarray(outputs, np.int32))
        codes = [make(tfl.OperatorCodeT, builtinCode=code, deprecatedBuiltinCode=min(code, 127), version=version) for code, version in self.codes]
        maps = [[make(tfl.TensorMapT, name=self.tensors[i].name, tensorIndex=i) for i in ends] for ends in (inputs, outputs)]
        signature = make(tfl.SignatureDefT, signatureKey="serving_default", inputs=maps[0], outputs=maps[1], subgraphIndex=0)
        model = make(tfl.ModelT, version=3, description=self.description, operatorCodes=codes, subgraphs=[graph], buffers=self.buffers,
                     metadata=[make(tfl.MetadataT, name=name, buffer=buffer) for name, buffer in self.metadata], signatureDefs=[signature])
        return pack(model, b"TFL3")


def with_files(model, files):
    """A model with a zip archive after it, as TFLite metadata keeps its files: stored, with fixed dates so that the bytes repeat."""
    whole = io.BytesIO(model)
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return whole.getvalue()


def write_digits(layers, labels):
    """The digit reader as a .tflite file with metadata and its labels inside."""
    int8, int32 = tfl.TensorType.INT8, tfl.TensorType.INT32
    op, options, relu = tfl.BuiltinOperator, tfl.BuiltinOptions, tfl.ActivationFunctionType
    writer = ModelWriter("Reads handwritten digits; int8; made by eng/train-digits")
    scale, zero = np.float32(1 / 255), -128
    first = last = writer.tensor("image", int8, [1, 28, 28, 1], [scale], [zero])

    for number, layer in enumerate(layers):
        name, out = f"{layer.kind}{number}", layer.output
        if layer.kind == "dense":
            flat = writer.tensor("features", int8, [1, layer.weight.shape[1]], [scale], [zero])
            shape = writer.buffer(np.array([1, layer.weight.shape[1]], np.int32).tobytes())
            writer.tensors.append(make(tfl.TensorT, name="features/shape", type=int32, shape=np.array([2], np.int32), buffer=shape))
            writer.operator(op.RESHAPE, 1, [last, len(writer.tensors) - 1], [flat], options.ReshapeOptions,
                            make(tfl.ReshapeOptionsT, newShape=np.array([1, layer.weight.shape[1]], np.int32)))
            last = flat
        inputs = [last]
        if layer.weight is not None:
            none = [0] * len(layer.scales)
            inputs.append(writer.tensor(f"{name}/weights", int8, layer.weight.shape, layer.scales, none, layer.weight.tobytes(), 3 if layer.kind == "depthwise" else 0))
            inputs.append(writer.tensor(f"{name}/bias", int32, layer.bias.shape, scale * layer.scales, none, layer.bias.tobytes()))
        result = writer.tensor("logits" if layer.kind == "dense" else name, int8, layer.shape, [out.scale], [out.zero_point])
        activation = relu.RELU if layer.relu else relu.NONE
        if layer.kind == "conv":
            writer.operator(op.CONV_2D, 3, inputs, [result], options.Conv2DOptions, make(
                tfl.Conv2DOptionsT, padding=tfl.Padding.SAME, strideH=layer.stride, strideW=layer.stride, fusedActivationFunction=activation))
        elif layer.kind == "depthwise":
            writer.operator(op.DEPTHWISE_CONV_2D, 3, inputs, [result], options.DepthwiseConv2DOptions, make(
                tfl.DepthwiseConv2DOptionsT, padding=tfl.Padding.SAME, strideH=layer.stride, strideW=layer.stride, depthMultiplier=1, fusedActivationFunction=activation))
        elif layer.kind == "pool":
            height, width = writer.tensors[last].shape[1:3]
            writer.operator(op.AVERAGE_POOL_2D, 2, inputs, [result], options.Pool2DOptions, make(
                tfl.Pool2DOptionsT, padding=tfl.Padding.VALID, strideH=1, strideW=1, filterHeight=int(height), filterWidth=int(width)))
        else:
            writer.operator(op.FULLY_CONNECTED, 4, inputs, [result], options.FullyConnectedOptions, make(tfl.FullyConnectedOptionsT))
        last, scale, zero = result, np.float32(out.scale), out.zero_point

    output = writer.tensor("probabilities", int8, [1, len(labels)], [1 / 256], [-128])
    writer.operator(op.SOFTMAX, 2, [last], [output], options.SoftmaxOptions, make(tfl.SoftmaxOptionsT, beta=1.0))
    writer.metadata.append(("TFLITE_METADATA", writer.buffer(digits_metadata())))
    return with_files(writer.finish([first], [output]), {"labels.txt": "".join(f"{label}\n" for label in labels)})


def digits_metadata():
    normalize = make(meta.ProcessUnitT, optionsType=meta.ProcessUnitOptions.NormalizationOptions, options=make(
        meta.NormalizationOptionsT, mean=np.array([0], np.float32), std=np.array([255], np.float32)))
    picture = make(meta.ContentT, contentPropertiesType=meta.ContentProperties.ImageProperties, contentProperties=make(
        meta.ImagePropertiesT, colorSpace=meta.ColorSpaceType.GRAYSCALE))
    image = make(meta.TensorMetadataT, name="image", description="A digit that fills most of the picture, dark on light or light on dark.",
                 content=picture, processUnits=[normalize], stats=make(meta.StatsT, min=np.array([0], np.float32), max=np.array([1], np.float32)))
    labels = make(meta.AssociatedFileT, name="labels.txt", type=meta.AssociatedFileType.TENSOR_AXIS_LABELS, description="The digits")
    scores = make(meta.TensorMetadataT, name="probabilities", description="How likely each digit is.", associatedFiles=[labels], content=make(
        meta.ContentT, contentPropertiesType=meta.ContentProperties.FeatureProperties, contentProperties=make(meta.FeaturePropertiesT)))
    graph = make(meta.SubGraphMetadataT, inputTensorMetadata=[image], outputTensorMetadata=[scores])
    model = make(meta.ModelMetadataT, name="Digits", description="Reads a handwritten digit.", version="1", license="MIT",
                 author="The Qnn.Sdk authors", subgraphMetadata=[graph], minParserVersion="1.0.0")
    return pack(model, b"M001")


def read(path):
    with open(path, "rb") as file:
        return tfl.ModelT.InitFromObj(tfl.Model.GetRootAs(bytearray(file.read()), 0))
