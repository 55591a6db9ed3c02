import Testing

@testable import TerraformDriver

@Suite struct PlanDocumentTests {
    private func document(_ json: String) throws -> PlanDocument { try #require(PlanDocument(json: json)) }

    @Test func `what changes is listed and counted as Terraform counts it`() throws {
        let plan = try document(
            """
            {"format_version":"1.2","resource_changes":[
              {"address":"a.made","type":"a","change":{"actions":["create"],"before":null,"after":{}}},
              {"address":"a.anew","type":"a","change":{"actions":["delete","create"],"before":{},"after":{}}},
              {"address":"a.same","type":"a","change":{"actions":["no-op"],"before":{},"after":{}}},
              {"address":"data.a.read","type":"a","change":{"actions":["read"],"before":null,"after":{}}},
              {"address":"a.gone","type":"a","change":{"actions":["delete"],"before":{},"after":null}}]}
            """
        )
        #expect(plan.changes.map(\.address) == ["a.made", "a.anew", "a.gone"])
        #expect(plan.changes.map(\.action) == [.create, .replace, .delete])
        #expect(plan.count == ChangeCount(add: 2, change: 0, remove: 2))
    }

    @Test func `drift tells what was and what is, and no secret`() throws {
        let plan = try document(
            """
            {"resource_drift":[{"address":"aws_cloudwatch_log_group.main","type":"aws_cloudwatch_log_group","change":{
              "actions":["update"],
              "before":{"retention_in_days":7,"name":"n","tags":{"a":"b"},"key":"old"},
              "after":{"retention_in_days":30,"name":"n","tags":{"a":"c"},"key":"new"},
              "before_sensitive":{"key":true},"after_sensitive":{}}}]}
            """
        )
        #expect(
            plan.drift.first?.attributes == [
                ResourceDrift.Attribute(name: "key", before: nil, after: nil),
                ResourceDrift.Attribute(name: "retention_in_days", before: "7", after: "30"),
                ResourceDrift.Attribute(name: "tags", before: nil, after: nil),
            ]
        )
    }

    @Test func `what belongs to the operator and the schedule is no drift`() throws {
        let plan = try document(
            """
            {"resource_drift":[
              {"address":"aws_appautoscaling_target.service","type":"aws_appautoscaling_target","change":{
                "actions":["update"],"before":{"min_capacity":2},"after":{"min_capacity":4}}},
              {"address":"aws_ecs_service.main","type":"aws_ecs_service","change":{
                "actions":["update"],"before":{"desired_count":2,"task_definition":"t:1"},
                "after":{"desired_count":4,"task_definition":"t:2"}}},
              {"address":"aws_appautoscaling_target.gone","type":"aws_appautoscaling_target","change":{
                "actions":["delete"],"before":{"min_capacity":2},"after":null}}]}
            """
        )
        let left = plan.drift.compactMap(\.withoutOwned)
        #expect(left.map(\.address) == ["aws_ecs_service.main", "aws_appautoscaling_target.gone"])
        #expect(left.first?.attributes.map(\.name) == ["task_definition"])
        #expect(left.last?.isGone == true)
    }

    @Test func `an output is a word where it is text and JSON where it is not`() throws {
        let outputs = try #require(
            OutputDocument(json: #"{"url":{"value":"http://x","type":"string"},"ids":{"value":["a",1,true,null]}}"#))
        #expect(outputs.valueByName["url"]?.words == "http://x")
        #expect(outputs.valueByName["ids"]?.words == #"["a",1,true,null]"#)
    }

    @Test func `what is no document is none`() {
        #expect(PlanDocument(json: "Error: Failed to load plan") == nil)
        #expect(OutputDocument(json: "") == nil)
    }

    @Test func `a version is compared by its numbers`() throws {
        let least = TerraformVersion.least
        func version(_ text: String) -> TerraformVersion? {
            TerraformVersion(json: #"{"terraform_version":"\#(text)"}"#)
        }
        #expect(try #require(version("1.9.8")) < least)
        #expect(try #require(version("1.11.0")) == least)
        #expect(try #require(version("1.12.0-beta1")) > least)
        #expect(version("new") == nil)
    }

    @Test func `the configuration that is carried is the one of the folder`() {
        let region = TerraformConfiguration.region
        #expect(region.textByName["ecs.tf"]?.contains("aws_ecs_service") == true)
        #expect(region.textByName.keys.allSatisfy { !$0.contains("/") && !$0.hasSuffix(".tftest.hcl") })
        let files = region.runnable(.bucket("b", region: "eu-west-1"))
        #expect(files["backend_override.tf"] == "terraform {\n  backend \"s3\" {}\n}\n")
        #expect(files["README.md"] == nil && files[".terraform.lock.hcl"] != nil)
        #expect(TerraformConfiguration.state.textByName["main.tf"] != nil)
    }
}
