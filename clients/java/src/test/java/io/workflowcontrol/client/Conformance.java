package io.workflowcontrol.client;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.workflowcontrol.v1.WatchWorkflowsRequest;
import io.workflowcontrol.v1.WorkflowControlProto;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the calls that it reads from its standard input, a JSON document a line, with this client, and writes what came of each
 * as a line to its standard output. tests/clients/README.md describes both.
 */
final class Conformance {
  private static final Gson GSON = new Gson();

  public static void main(String[] arguments) throws Exception {
    Map<String, WorkflowControlClient> clients = new HashMap<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject call = JsonParser.parseString(line).getAsJsonObject();
      String address = call.get("address").getAsString();
      System.out.println(GSON.toJson(run(clients.computeIfAbsent(address, WorkflowControlClient::plaintext), call)));
    }
    clients.values().forEach(WorkflowControlClient::close);
  }

  private static JsonObject run(WorkflowControlClient client, JsonObject call) throws Exception {
    List<Message> responses = new ArrayList<>();
    JsonObject outcome = new JsonObject();
    try {
      receive(client, call, responses);
    } catch (WorkflowControlException e) {
      outcome.add("error", describe(e));
    }
    JsonFormat.TypeRegistry types =
        JsonFormat.TypeRegistry.newBuilder().add(WorkflowControlProto.getDescriptor().getMessageTypes()).build();
    List<JsonElement> printed = new ArrayList<>();
    for (Message response : responses) {
      printed.add(JsonParser.parseString(JsonFormat.printer().usingTypeRegistry(types).print(response)));
    }
    outcome.add("responses", GSON.toJsonTree(printed));
    return outcome;
  }

  /** Makes a call, and adds each response, or each item of a list. */
  private static void receive(WorkflowControlClient client, JsonObject call, List<Message> responses) throws Exception {
    MethodDescriptor<Message, Message> method = method(call.get("rpc").getAsString());
    var prototype = (MethodDescriptor.PrototypeMarshaller<Message>) method.getRequestMarshaller();
    Message.Builder builder = prototype.getMessagePrototype().newBuilderForType();
    JsonFormat.parser().merge(call.get("request").toString(), builder);
    Message request = builder.build();
    long milliseconds = call.get("timeout_ms").getAsLong();
    int take = call.get("take").getAsInt();
    if (take > 0) {
      try (WorkflowWatch watch = client.watch((WatchWorkflowsRequest) request)) {
        while (responses.size() < take) {
          responses.add(watch.next());
        }
      }
    } else if (method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
      try (ResponseStream<Message> stream = client.stream(method, request)) {
        stream.forEachRemaining(responses::add);
      }
    } else if (call.get("list").getAsBoolean()) {
      client.list(method, request, Conformance::items).forEach(responses::add);
    } else if (milliseconds > 0) {
      responses.add(client.call(method, request, Duration.ofMillis(milliseconds)));
    } else {
      responses.add(client.call(method, request));
    }
  }

  /** Returns the generated descriptor of an RPC such as workflowcontrol.v1.WorkflowControl/GetWorkflow. */
  @SuppressWarnings("unchecked") // All messages are Messages.
  private static MethodDescriptor<Message, Message> method(String rpc) throws ReflectiveOperationException {
    String service = rpc.substring(rpc.lastIndexOf('.') + 1, rpc.indexOf('/'));
    Class<?> stubs = Class.forName("io.workflowcontrol.v1." + service + "Grpc");
    ServiceDescriptor descriptor = (ServiceDescriptor) stubs.getMethod("getServiceDescriptor").invoke(null);
    return (MethodDescriptor<Message, Message>)
        descriptor.getMethods().stream().filter(each -> each.getFullMethodName().equals(rpc)).findFirst().orElseThrow();
  }

  /** Returns the items of a page: those in its one repeated field. */
  @SuppressWarnings("unchecked") // Of messages.
  private static List<Message> items(Message page) {
    var field = page.getDescriptorForType().getFields().stream().filter(each -> each.isRepeated()).findFirst();
    return (List<Message>) page.getField(field.orElseThrow());
  }

  private static JsonElement describe(WorkflowControlException e) {
    return GSON.toJsonTree(
        Map.of(
            "code", e.code().name(),
            "reason", e.reason().name().substring("ERROR_REASON_".length()),
            "metadata", e.metadata(),
            "violations", e.violations().stream().map(WorkflowControlException.FieldViolation::field).toList(),
            "request_key", e.requestKey().orElse(""),
            "transient", e.isTransient(),
            "retry_after_ms", e.retryAfter().map(Duration::toMillis).orElse(0L)));
  }
}
