import TerraformDriver
import Testing

@testable import OperatorCommands

@Suite struct ProgressBoardTests {
    private func progress(_ lines: (type: String, address: String)...) -> TerraformProgress {
        lines.reduce(into: TerraformProgress()) { progress, line in
            progress.take(
                TerraformLine(
                    #"{"hook":{"resource":{"addr":"\#(line.address)"},"action":"create","elapsed_seconds":7},"type":"\#(line.type)"}"#
                )
            )
        }
    }

    @Test func `in a pipe each piece of news is a whole line, once`() {
        var board = ProgressBoard(regions: ["eu-west-1", "us-east-1"], isLive: false, columns: 80)
        #expect(
            board.take(RegionNews(region: "us-east-1", what: .phase("applying", total: 2))) == "us-east-1: applying\n")
        let began = progress(("apply_start", "aws_vpc.main"))
        #expect(board.take(RegionNews(region: "us-east-1", what: .progress(began))).isEmpty)
        let done = progress(("apply_start", "aws_vpc.main"), ("apply_complete", "aws_vpc.main"))
        #expect(
            board.take(RegionNews(region: "us-east-1", what: .progress(done)))
                == "us-east-1: 1/2 aws_vpc.main created\n")
        #expect(board.take(RegionNews(region: "us-east-1", what: .ended("done"))) == "us-east-1: done\n")
    }

    @Test func `on a terminal every region has its line, drawn over and never wider than the window`() {
        var board = ProgressBoard(regions: ["eu-west-1", "ap-south-1"], isLive: true, columns: 32)
        let first = board.take(RegionNews(region: "eu-west-1", what: .phase("applying", total: 9)))
        #expect(first == "\u{1B}[2Keu-west-1   applying 0/9\n\u{1B}[2Kap-south-1  waiting\n")
        let second = board.take(
            RegionNews(
                region: "eu-west-1",
                what: .progress(progress(("apply_start", "aws_lb.main"), ("apply_progress", "aws_lb.main")))))
        #expect(second == "\u{1B}[2A\u{1B}[2Keu-west-1   applying 0/9  aws_l\n\u{1B}[2Kap-south-1  waiting\n")
        let note = board.take(RegionNews(region: "ap-south-1", what: .note("a task stopped")))
        #expect(note.hasPrefix("\u{1B}[2A\u{1B}[2Kap-south-1: a task stopped\n"))
    }

    @Test func `an interruption is heard by everybody, also by who comes later`() async {
        let interruption = Interruption()
        let early = interruption.counts()
        interruption.raise()
        var counts: [Int] = []
        for await count in early {
            counts.append(count)
            break
        }
        for await count in interruption.counts() {
            counts.append(count)
            break
        }
        #expect(counts == [1, 1])
    }

    @Test func `the fleet file is told of its bucket, under the section it has`() {
        let named = "state:\n  bucket: b\n  bucket_region: eu-west-1"
        #expect(
            StateBootstrap.naming("b", "eu-west-1", in: "a: 1\nstate:\n  # bucket: x\n")
                == "a: 1\n\(named)\n  # bucket: x\n")
        #expect(StateBootstrap.naming("b", "eu-west-1", in: "a: 1") == "a: 1\n\n\(named)\n")
    }
}
